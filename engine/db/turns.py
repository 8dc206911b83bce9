"""The writers' queue of SQLite: in order within a process, shared between processes by a file lock.

SQLite's own busy handler lets losers starve. Nobody waits without an end: who has waited too long
is told what a database that is locked would tell.
"""

import fcntl
import os
import sqlite3
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

PATIENCE = 10.0
"""Seconds that a writer waits; a command takes milliseconds, so one that waits longer is stuck."""


class TurnNeverCame(sqlite3.OperationalError):
    """Another writer has kept the database for too long."""


@dataclass
class _Place:
    """A place in the queue; `file` is the lock, once it has been handed over."""

    handed: threading.Event = field(default_factory=threading.Event)
    file: int | None = None


class Turn:
    """Who may write now; `take` before BEGIN, `leave` when the connection goes back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: dict[int, int] = {}
        self._queue: deque[_Place] = deque()
        self._guard = threading.Lock()
        self._is_asking = False

    def take(self, connection: Any) -> None:
        file = self._at_once()
        if file is None:
            file = self._in_order()
        with self._guard:
            self._held[id(connection)] = file

    def leave(self, connection: Any, _record: Any) -> None:
        with self._guard:
            file = self._held.pop(id(connection), None)
        if file is not None:
            os.close(file)

    def _at_once(self) -> int | None:
        """Take the lock if it is free and nobody of this process was here before."""
        with self._guard:
            if self._queue:
                return None
            file = self._open()
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return None
            return file

    def _in_order(self) -> int:
        place = _Place()
        with self._guard:
            self._queue.append(place)
            if not self._is_asking:
                self._is_asking = True
                threading.Thread(target=self._ask, name="turns", daemon=True).start()
        place.handed.wait(PATIENCE)
        with self._guard:
            if place.file is None:
                self._queue.remove(place)
                raise OperationalError("BEGIN IMMEDIATE", None, TurnNeverCame("locked"))
            return place.file

    def _ask(self) -> None:
        """Wait for the lock on behalf of the queue: a wait for a file lock has no end of its own,
        so one thread does it for all, and outlasts those who gave up."""
        while True:
            file = self._open()
            fcntl.flock(file, fcntl.LOCK_EX)
            with self._guard:
                if self._queue:
                    place = self._queue.popleft()
                    place.file = file
                    place.handed.set()
                else:
                    os.close(file)
                if not self._queue:
                    self._is_asking = False
                    return

    def _open(self) -> int:
        return os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
