"""Contents on disk: encrypted, durable before anyone hears of them, each of them once.

A crash between writing and committing leaves a file without a row, which the sweep removes; it
never leaves a row without its file.
"""

import fcntl
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256 as sha256_of
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidTag

from engine.db import Keyring

ORPHAN_AGE = timedelta(hours=48)
UNFINISHED_AGE = timedelta(hours=1)
UNFINISHED = ".part"


class FileMissing(LookupError):
    """A row speaks of a content that is not in the store."""


class FileDamaged(ValueError):
    """What is on disk is not what was stored."""


@dataclass(frozen=True, slots=True)
class StoredContent:
    sha256: str
    size: int


class FileStore:
    """A folder of sealed contents. Names on disk are keyed digests: whoever has a copy of the disk
    cannot even ask whether a known document is among them."""

    def __init__(self, folder: Path, keyring: Keyring) -> None:
        self._folder = folder
        self._keyring = keyring
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, content: bytes) -> StoredContent:
        """Store a content and return its address; when this returns, a power cut cannot undo it."""
        stored = StoredContent(sha256_of(content).hexdigest(), len(content))
        path = self.path_of(stored.sha256)
        with self._lock(fcntl.LOCK_SH):
            if not _touched(path):
                self._write(path, self._keyring.seal(content, _context(stored.sha256)))
        return stored

    def get(self, sha256: str) -> bytes:
        try:
            sealed = self.path_of(sha256).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing(sha256) from error
        try:
            content = self._keyring.open(sealed, _context(sha256))
        except (InvalidTag, IndexError, ValueError) as error:
            raise FileDamaged(sha256) from error
        if sha256_of(content).hexdigest() != sha256:
            raise FileDamaged(sha256)
        return content

    def path_of(self, sha256: str) -> Path:
        name = self._keyring.index(sha256, "file")
        return self._folder / name[:2] / name

    def remove_others(self, known: Collection[str], *, now: datetime) -> int:
        """Remove what is not among the known digests and is older than any upload under way."""
        names = {self.path_of(sha256).name for sha256 in known}
        removed = 0
        for path in sorted(self._folder.glob("??/*")):
            if path.name not in names:
                age = UNFINISHED_AGE if path.suffix == UNFINISHED else ORPHAN_AGE
                removed += self._remove_if_older(path, now - age)
        return removed

    def _write(self, path: Path, sealed: bytes) -> None:
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(self._folder)
        part = path.with_name(f"{uuid4().hex}{UNFINISHED}")
        try:
            _write_through(part, sealed)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def _remove_if_older(self, path: Path, moment: datetime) -> bool:
        # Under the exclusive lock, so that an upload of the same content has either touched the
        # file before we look at its age, or finds it gone and writes it anew.
        with self._lock(fcntl.LOCK_EX), suppress(FileNotFoundError):
            if path.stat().st_mtime < moment.timestamp():
                path.unlink()
                return True
        return False

    @contextmanager
    def _lock(self, kind: int) -> Iterator[None]:
        file = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, kind)
            yield
        finally:
            os.close(file)


def _context(sha256: str) -> str:
    return f"file:{sha256}"


def _touched(path: Path) -> bool:
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def _write_through(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(file)


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
