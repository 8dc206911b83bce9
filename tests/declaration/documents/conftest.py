"""Declarations to print, on both databases or on the quick one."""

import pytest

from engine.db import Database
from engine.declaration import demo
from tests.conftest import START
from tests.declaration.documents.world import DocumentWorld
from tests.support.databases import SqliteTemplate


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory) -> SqliteTemplate:
    """A SQLite database with the demonstration's data in it."""
    template = SqliteTemplate(tmp_path_factory.mktemp("demo"))
    database = Database(f"sqlite:///{template._file}")
    with database.write() as session:
        demo.load(session, START)
    database.close()
    return template


@pytest.fixture
def world(database, clock, tmp_path) -> DocumentWorld:
    with database.write() as session:
        demo.load(session, START)
    return DocumentWorld(database, clock, tmp_path / "files")


@pytest.fixture
def make_world(demo_template, clock, tmp_path):
    """Make a world for a person of the demonstration, for what does not depend on the database."""
    with demo_template.copy() as address:
        database = Database(address)

        def make(key: str = "S1", **changes) -> DocumentWorld:
            return DocumentWorld(database, clock, tmp_path / "files", key=key, **changes)

        yield make
        database.close()


@pytest.fixture
def quick(make_world) -> DocumentWorld:
    """The same on SQLite alone."""
    return make_world()
