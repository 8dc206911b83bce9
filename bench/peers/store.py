"""Where the state of an engine without a database is kept: a row a case, in SQLite."""

import sqlite3
from pathlib import Path


class Store:
    """Every save is a transaction of its own that is on the disk when it ends."""

    def __init__(self, folder: str) -> None:
        Path(folder, "state.db").unlink(missing_ok=True)
        self._connection = sqlite3.connect(f"{folder}/state.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE state (id INTEGER PRIMARY KEY, content BLOB)")

    def save(self, number: int, content: str | bytes) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO state VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = ?",
            (number, content, content),
        )
        self._connection.execute("COMMIT")

    def load(self, number: int) -> str | bytes:
        found = self._connection.execute("SELECT content FROM state WHERE id = ?", (number,))
        content: str | bytes = found.fetchone()[0]
        return content
