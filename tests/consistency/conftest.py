"""One good installation for all; each test that damages something damages a copy."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.bootstrap import component_types
from engine.clock import MovableClock
from engine.db import Database
from engine.db.envelope import keyring
from engine.declaration.consistency import broken_invariants
from engine.files import FileStore
from engine.releases import Library
from tests.consistency.walked import Walked, walk_a_little

SHORT = {
    "$PAID": "(SELECT case_id FROM payment_order)",
    "$S1": "(SELECT id FROM declaration WHERE case_id = (SELECT case_id FROM payment_order))",
    "$REVIEW": "(SELECT id FROM work_item WHERE closed_at IS NULL AND element LIKE 'review_cert%')",
}
"""What the statements of the tests call the case that was paid, its declaration, and the open task
of a reviewer."""


@dataclass
class Damaged:
    """A copy of the good installation, open to anything: no check and no reference holds."""

    file: Path
    home: Path
    clock: MovableClock
    library: Library

    def run(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.file)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            for statement in statements:
                for short, whole in SHORT.items():
                    statement = statement.replace(short, whole)  # noqa: PLW2901 -- spelled out
                connection.execute(statement)

    def names(self) -> set[str]:
        database = Database(f"sqlite:///{self.file}")
        files = FileStore(self.home / "files", keyring())
        found = broken_invariants(database, files, self.library, self.clock.now())
        database.close()
        return {broken.invariant for broken in found}

    def forget_releases(self) -> None:
        """Read the releases anew, as the next process will."""
        self.library = Library(component_types())


@pytest.fixture(scope="session")
def good(sqlite_template, tmp_path_factory):
    """The file, the folder and the engine of an installation in which nothing is broken."""
    folder = tmp_path_factory.mktemp("good")
    with sqlite_template.copy() as address:
        walked = walk_a_little(address, folder / "home")
        walked.engine.close()
        yield Path(address.removeprefix("sqlite:///")), folder / "home", walked.engine


@pytest.fixture
def damaged(good, tmp_path) -> Damaged:
    file, home, engine = good
    shutil.copy(file, tmp_path / "damaged.db")
    shutil.copytree(home, tmp_path / "home")
    clock = MovableClock(engine.clock.now())
    return Damaged(tmp_path / "damaged.db", tmp_path / "home", clock, engine.library)


@pytest.fixture
def walked(database, tmp_path) -> Walked:
    walked = walk_a_little(database.url.render_as_string(hide_password=False), tmp_path / "walked")
    yield walked
    walked.engine.close()
