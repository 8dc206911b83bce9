"""What people upload and what the product prints: encrypted at rest, found again by content."""

from engine.files.images import CERTIFICATE, PHOTO, ImageRefused, ImageRule, Picture, recode
from engine.files.models import File
from engine.files.records import TooManyFiles, add_file
from engine.files.store import FileDamaged, FileMissing, FileStore, StoredContent
from engine.files.sweep import sweep_orphans

__all__ = [
    "CERTIFICATE",
    "PHOTO",
    "File",
    "FileDamaged",
    "FileMissing",
    "FileStore",
    "ImageRefused",
    "ImageRule",
    "Picture",
    "StoredContent",
    "TooManyFiles",
    "add_file",
    "recode",
    "sweep_orphans",
]
