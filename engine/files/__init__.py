"""What people upload and what the product prints: encrypted at rest, found again by content."""

from engine.files.images import CERTIFICATE, PHOTO, ImageRefused, ImageRule, Picture, recode
from engine.files.models import File
from engine.files.records import (
    TooManyFiles,
    add_file,
    add_row,
    new_file,
    room_left,
    too_many,
)
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
    "add_row",
    "new_file",
    "recode",
    "room_left",
    "sweep_orphans",
    "too_many",
]
