"""One immutable bundle of diagrams, forms, decision tables, texts and settings."""

from engine.releases.bundle import Bundle
from engine.releases.library import Library, OpenRelease

__all__ = ["Bundle", "Library", "OpenRelease"]
