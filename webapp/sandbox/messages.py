"""Where the demonstration's phone keeps its texts: one small file."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.clock import Clock
from webapp.sandbox.local import book

TABLE = """
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, mobile TEXT NOT NULL, text TEXT NOT NULL,
    at TEXT NOT NULL)
"""
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    mobile: str
    text: str
    at: datetime


class Messages:
    def __init__(self, file: Path, clock: Clock) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file, self._clock = file, clock
        with book(file) as connection:
            connection.execute(TABLE)

    def keep(self, key: str, mobile: str, text: str) -> tuple[Message, bool]:
        """Keep a text, once for each key; return it and whether it is new."""
        with book(self._file) as connection:
            found = connection.execute("SELECT * FROM message WHERE key = ?", [key]).fetchone()
            if found:
                return _message(found), False
            row = connection.execute(
                "INSERT INTO message (key, mobile, text, at) VALUES (?, ?, ?, ?) RETURNING *",
                [key, mobile, text, self._clock.now().isoformat()],
            ).fetchone()
            return _message(row), True

    def newest(self, mobile: str | None = None) -> Sequence[Message]:
        """Return the texts to one mobile or to all, the newest first."""
        with book(self._file) as connection:
            rows = connection.execute(
                "SELECT * FROM message WHERE ?1 IS NULL OR mobile = ?1 ORDER BY id DESC LIMIT ?2",
                [mobile, MOST_SHOWN],
            ).fetchall()
        return [_message(row) for row in rows]

    def mobiles(self) -> Sequence[str]:
        """Return every mobile that got a text, the latest first."""
        with book(self._file) as connection:
            rows = connection.execute(
                "SELECT mobile FROM message GROUP BY mobile ORDER BY max(id) DESC LIMIT 50"
            ).fetchall()
        return [row["mobile"] for row in rows]


def _message(row: sqlite3.Row) -> Message:
    return Message(row["id"], row["mobile"], row["text"], datetime.fromisoformat(row["at"]))
