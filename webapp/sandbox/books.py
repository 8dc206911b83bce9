"""The payment platform's books: orders, refunds and notices to shops, in one small file."""

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from engine.clock import Clock
from webapp.sandbox.local import book

TABLES = """
CREATE TABLE IF NOT EXISTS payment (
    number TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, merchant TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0), subject TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'closed', 'refunded')),
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL, paid_at TEXT, txn TEXT UNIQUE,
    notify_url TEXT NOT NULL, return_url TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
    key TEXT PRIMARY KEY, number TEXT NOT NULL REFERENCES payment (number), amount INTEGER NOT NULL,
    at TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Order:
    """An order as the platform sees it."""

    number: str
    token: str
    merchant: str
    amount: int
    subject: str
    state: str
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    transaction: str
    notify_url: str
    return_url: str


class RefundImpossible(Exception):
    """The order is not paid with that transaction, or the amount is not what was paid."""


class Books:
    def __init__(self, file: Path, clock: Clock) -> None:
        self._file, self._clock = file, clock
        with book(file) as connection:
            for table in TABLES.strip().split(";\n"):
                connection.execute(table)

    def open(self, wanted: Mapping[str, object]) -> Order:
        """Write an order, or return the one that has its number already."""
        values = {
            **wanted,
            "token": secrets.token_urlsafe(24),
            "created_at": self._clock.now().isoformat(),
        }
        with book(self._file) as connection:
            connection.execute(
                "INSERT INTO payment (number, token, merchant, amount, subject, state, created_at,"
                " expires_at, notify_url, return_url) VALUES (:number, :token, :merchant, :amount,"
                " :subject, 'open', :created_at, :expires_at, :notify_url, :return_url)"
                " ON CONFLICT (number) DO NOTHING",
                values,
            )
            return _order(_row(connection, "number", str(wanted["number"])))

    def by_number(self, number: str) -> Order | None:
        return self._find("number", number)

    def by_token(self, token: str) -> Order | None:
        return self._find("token", token)

    def newest(self) -> Sequence[Order]:
        with book(self._file) as connection:
            rows = connection.execute(
                "SELECT * FROM payment ORDER BY created_at DESC, number LIMIT 100"
            ).fetchall()
        return [_order(row) for row in rows]

    def paid_between(self, since: datetime, until: datetime) -> Sequence[Order]:
        """Return what was paid from one moment on and before another, oldest first."""
        with book(self._file) as connection:
            rows = connection.execute(
                "SELECT * FROM payment WHERE paid_at IS NOT NULL ORDER BY paid_at"
            ).fetchall()
        paid = [_order(row) for row in rows]
        return [order for order in paid if order.paid_at and since <= order.paid_at < until]

    def pay(self, number: str) -> bool:
        """Take the money for an order that is open and not over; return whether that was done."""
        now = self._clock.now().isoformat()
        with book(self._file) as connection:
            changed = connection.execute(
                "UPDATE payment SET state = 'paid', paid_at = ?, txn = ?"
                " WHERE number = ? AND state = 'open' AND expires_at > ?",
                [now, f"T{uuid4().hex}", number, now],
            )
            return changed.rowcount == 1

    def close(self, number: str) -> None:
        """Close an order that is open; a paid one stays paid."""
        with book(self._file) as connection:
            connection.execute(
                "UPDATE payment SET state = 'closed' WHERE number = ? AND state = 'open'", [number]
            )

    def refund(self, order: Order, *, key: str, transaction: str, amount: int) -> None:
        """Send all of a payment back, once for each key."""
        with book(self._file) as connection:
            if connection.execute("SELECT 1 FROM refund WHERE key = ?", [key]).fetchone():
                return
            changed = connection.execute(
                "UPDATE payment SET state = 'refunded'"
                " WHERE number = ? AND state = 'paid' AND txn = ? AND amount = ?",
                [order.number, transaction, amount],
            )
            if changed.rowcount != 1:
                raise RefundImpossible(order.number)
            connection.execute(
                "INSERT INTO refund VALUES (?, ?, ?, ?)",
                [key, order.number, amount, self._clock.now().isoformat()],
            )

    def _find(self, column: str, value: str) -> Order | None:
        with book(self._file) as connection:
            row = _row(connection, column, value)
        return _order(row) if row else None


def _row(connection: sqlite3.Connection, column: str, value: str) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        f"SELECT * FROM payment WHERE {column} = ?",  # noqa: S608 -- the two names are ours
        [value],
    ).fetchone()
    return row


def _order(row: sqlite3.Row) -> Order:
    return Order(
        number=row["number"],
        token=row["token"],
        merchant=row["merchant"],
        amount=row["amount"],
        subject=row["subject"],
        state=row["state"],
        created_at=datetime.fromisoformat(row["created_at"]),
        expires_at=datetime.fromisoformat(row["expires_at"]),
        paid_at=datetime.fromisoformat(row["paid_at"]) if row["paid_at"] else None,
        transaction=row["txn"] or "",
        notify_url=row["notify_url"],
        return_url=row["return_url"],
    )
