"""Signed notices to shops, sent again until the shop has answered `success`."""

import base64
import json
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from engine.clock import Clock
from webapp.sandbox.books import Order
from webapp.sandbox.local import book

TABLE = """
CREATE TABLE IF NOT EXISTS notice (
    event_id TEXT PRIMARY KEY, url TEXT NOT NULL, body BLOB NOT NULL, tries INTEGER NOT NULL,
    next_at TEXT, delivered_at TEXT)
"""
WAITS = (2, 10, 60, 300, 900, 3600, 21600)
"""Seconds after each try that failed; then the shop has to ask by itself."""
TIMEOUT = 5
LOOK_EVERY = 1.0

log = structlog.get_logger()


class Signer:
    """The platform's key, made on the first start; the public half lies beside it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        secret = folder / "private.pem"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_bytes(_private_pem(Ed25519PrivateKey.generate()))
        key = load_pem_private_key(secret.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError("private.pem holds another kind of key")
        self._key = key
        self.public_pem = key.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        (folder / "public.pem").write_bytes(self.public_pem)

    def sign(self, body: bytes) -> str:
        return base64.b64encode(self._key.sign(body)).decode()


@dataclass(frozen=True, slots=True)
class _Due:
    event_id: str
    url: str
    body: bytes
    tries: int


class Notices:
    def __init__(self, file: Path, signer: Signer, clock: Clock) -> None:
        self._file, self._signer, self._clock = file, signer, clock
        self._wake = threading.Event()
        with book(file) as connection:
            connection.execute(TABLE)

    def write(self, order: Order) -> None:
        """Write down that the shop has to hear of a payment, and send it as soon as possible."""
        event_id = uuid4().hex
        body = _body(event_id, order)
        with book(self._file) as connection:
            connection.execute(
                "INSERT INTO notice VALUES (?, ?, ?, 0, ?, NULL)",
                [event_id, order.notify_url, body, self._clock.now().isoformat()],
            )
        self._wake.set()

    def deliver_due(self) -> int:
        """Send every notice that is due once; return how many shops took theirs."""
        return sum(self._deliver(due) for due in self._due(self._clock.now()))

    def start(self) -> None:
        """Deliver in the background for as long as the process lives."""
        threading.Thread(target=self._watch, name="payment notices", daemon=True).start()

    def _watch(self) -> None:
        while True:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            try:
                self.deliver_due()
            except Exception:
                log.exception("notices not delivered")

    def _due(self, now: datetime) -> list[_Due]:
        with book(self._file) as connection:
            rows = connection.execute(
                "SELECT event_id, url, body, tries FROM notice"
                " WHERE delivered_at IS NULL AND next_at <= ? ORDER BY next_at",
                [now.isoformat()],
            ).fetchall()
        return [_Due(*row) for row in rows]

    def _deliver(self, due: _Due) -> bool:
        taken = self._post(due)
        now = self._clock.now()
        wait = WAITS[due.tries] if due.tries < len(WAITS) else None
        again = None if taken or wait is None else (now + timedelta(seconds=wait)).isoformat()
        with book(self._file) as connection:
            connection.execute(
                "UPDATE notice SET tries = tries + 1, next_at = ?, delivered_at = ?"
                " WHERE event_id = ?",
                [again, now.isoformat() if taken else None, due.event_id],
            )
        return taken

    def _post(self, due: _Due) -> bool:
        headers = {"Content-Type": "application/json", "X-Signature": self._signer.sign(due.body)}
        # Only addresses of this machine are taken when an order is opened.
        request = Request(due.url, data=due.body, headers=headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 -- as above
                return bool(answer.read(64).strip() == b"success")
        except HTTPError as refusal:
            refusal.close()
            return False
        except OSError:
            return False


def _body(event_id: str, order: Order) -> bytes:
    paid_at = order.paid_at.isoformat() if order.paid_at else None
    notice = {
        "event_id": event_id,
        "merchant": order.merchant,
        "number": order.number,
        "state": order.state,
        "amount": order.amount,
        "transaction": order.transaction,
        "paid_at": paid_at,
    }
    return json.dumps(notice, sort_keys=True).encode()


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
