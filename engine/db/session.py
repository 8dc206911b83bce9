"""Sessions that read and sessions that write; SQLite writers queue fairly for the one lock."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from engine.db.turns import Turn

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
)
POSTGRES_LIMITS = (
    "-c lock_timeout=2s -c statement_timeout=5s -c idle_in_transaction_session_timeout=15s"
)


class Database:
    """The sessions of one database. `write()` commits at the end of its block or rolls all back."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        match self.url.get_backend_name():
            case "sqlite":
                self._readers, self._writers = _sqlite_engines(url, Path(self.url.database or ""))
            case "postgresql":
                self._readers = self._writers = create_engine(
                    self.url.set(drivername="postgresql+psycopg"),
                    isolation_level="READ COMMITTED",
                    connect_args={"options": POSTGRES_LIMITS},
                    pool_size=8,
                    hide_parameters=True,
                )
            case other:
                raise ValueError(f"Bishen runs on SQLite and PostgreSQL, not on {other}.")
        self._read = sessionmaker(self._readers, autoflush=False)
        self._write = sessionmaker(self._writers, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine that writes; for migrations and for counting statements in tests."""
        return self._writers

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One snapshot to look at; nothing it holds is ever written."""
        with self._read() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: everything in the block is committed together, or none of it."""
        with self._write.begin() as session:
            yield session

    def open_read(self) -> Session:
        """Return a session for the length of a request; the caller closes it."""
        return self._read()

    def open_write(self) -> Session:
        """Return a session for the length of a request; the caller commits once and closes it."""
        return self._write()

    def close(self) -> None:
        self._readers.dispose()
        self._writers.dispose()


def _sqlite_engines(url: str, path: Path) -> tuple[Engine, Engine]:
    readers, writers = (create_engine(url, pool_size=16, hide_parameters=True) for _ in range(2))
    turn = Turn(path.with_suffix(".lock"))
    for engine, begin in ((readers, "BEGIN"), (writers, "BEGIN IMMEDIATE")):
        event.listen(engine, "connect", _prepare_connection)
        event.listen(engine, "begin", _Begin(begin, turn if engine is writers else None))
    event.listen(writers, "checkin", turn.leave)
    return readers, writers


def _prepare_connection(connection: Any, _record: Any) -> None:
    # Python's driver must not begin transactions on its own, or IMMEDIATE is never sent.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


class _Begin:
    def __init__(self, statement: str, turn: Turn | None) -> None:
        self._statement, self._turn = statement, turn

    def __call__(self, connection: Any) -> None:
        if self._turn:
            self._turn.take(connection.connection.driver_connection)
        connection.exec_driver_sql(self._statement)
