"""Encryption at rest: one envelope for columns, answers and files, and keyed look-up of values.

A sealed value is `version | key id | nonce | AES-256-GCM(text, aad=context)`; the context names the
table, the row and the column, so a value moved elsewhere does not open. The data keys are derived
from the installation's master key, which is neither in the database nor in its backups.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
NONCE = 12


class KeyMissing(RuntimeError):
    """No keyring was installed, or the value was sealed with a key that this installation lacks."""


class Keyring:
    """Master keys by id; the newest seals, all of them open."""

    def __init__(self, masters: Mapping[int, bytes]) -> None:
        if not masters or any(len(key) != 32 for key in masters.values()):
            raise ValueError("a master key has 32 bytes")
        self._newest = max(masters)
        self._ciphers = {i: AESGCM(_derive(key, b"seal")) for i, key in masters.items()}
        self._lookup = _derive(masters[min(masters)], b"lookup")
        self._codes = _derive(masters[min(masters)], b"codes")
        self._web = _derive(masters[min(masters)], b"web")

    def seal(self, content: bytes, context: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        head = bytes([VERSION, self._newest])
        return head + nonce + self._ciphers[self._newest].encrypt(nonce, content, context.encode())

    def open(self, sealed_content: bytes, context: str) -> bytes:
        """Return the content; `cryptography.exceptions.InvalidTag` when it was moved or altered."""
        version, key_id = sealed_content[0], sealed_content[1]
        if version != VERSION or key_id not in self._ciphers:
            raise KeyMissing(f"no key for version {version}, id {key_id}")
        nonce, body = sealed_content[2 : 2 + NONCE], sealed_content[2 + NONCE :]
        return self._ciphers[key_id].decrypt(nonce, body, context.encode())

    def index(self, value: str, kind: str) -> str:
        """Return a keyed digest (64 hex digits) that finds equal values without revealing them."""
        return hmac.new(self._lookup, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()

    def code_digest(self, challenge: str) -> bytes:
        """Return the 32 bytes from which a one-time code is derived."""
        return hmac.new(self._codes, challenge.encode(), hashlib.sha256).digest()

    @property
    def web_secret(self) -> bytes:
        """The key that signs cookies."""
        return self._web


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bishen/" + purpose).derive(master)


_installed: list[Keyring] = []


def install(keyring: Keyring) -> None:
    """Make this the process's keyring: columns are sealed wherever rows are made."""
    _installed[:] = [keyring]


def keyring() -> Keyring:
    if not _installed:
        raise KeyMissing("install a keyring first")
    return _installed[0]


def lookup_index(value: str, kind: str) -> str:
    """Return the keyed digest under which an equal value of this kind is found."""
    return keyring().index(value, kind)


class sealed:  # noqa: N801 -- reads as a column declaration: `name = sealed("name_sealed")`
    """A text attribute kept encrypted in the named `LargeBinary` column, bound to its row."""

    def __init__(self, column: str) -> None:
        self._column = column

    @overload
    def __get__(self, row: None, owner: type[Any]) -> "sealed": ...
    @overload
    def __get__(self, row: object, owner: type[Any]) -> str | None: ...

    def __get__(self, row: Any, owner: type[Any]) -> "str | sealed | None":
        if row is None:
            return self
        content = getattr(row, self._column)
        return None if content is None else keyring().open(content, self._context(row)).decode()

    def __set__(self, row: Any, value: str | None) -> None:
        content = None if value is None else keyring().seal(value.encode(), self._context(row))
        setattr(row, self._column, content)

    def _context(self, row: Any) -> str:
        return f"{row.__tablename__}:{row.id}:{self._column}"
