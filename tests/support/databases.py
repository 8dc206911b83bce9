"""A fresh database for each test: a copy of one that was prepared once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from engine.db import Base, Database
from engine.db.tables import import_tables


def prepare(url: str) -> None:
    import_tables()
    database = Database(url)
    Base.metadata.create_all(database.engine)
    database.close()


class SqliteTemplate:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        prepare(f"sqlite:///{self._file}")
        self._folder = folder

    @contextmanager
    def copy(self) -> Iterator[str]:
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copy(self._file, file)
        yield f"sqlite:///{file}"
        for left in self._folder.glob(f"{file.stem}*"):
            left.unlink()


class PostgresTemplate:
    def __init__(self, server: str) -> None:
        self._url = make_url(server).set(drivername="postgresql+psycopg")
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._name = f"template_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{self._name}"')
        prepare(self._address(self._name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        name = f"test_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        yield self._address(name)
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def empty(self) -> Iterator[str]:
        name = f"test_{uuid4().hex}"
        self._execute(f'CREATE DATABASE "{name}"')
        yield self._address(name)
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        self._admin.dispose()

    def _address(self, name: str) -> str:
        return self._url.set(database=name, drivername="postgresql").render_as_string(
            hide_password=False
        )

    def _execute(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def empty_database(request, folder: Path) -> Iterator[str]:
    """Yield the address of a database without a single table, of the kind the test asks for."""
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'empty.db'}"
        return
    with request.getfixturevalue("postgres_template").empty() as address:
        yield address
