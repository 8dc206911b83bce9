"""What every test may ask for: a moment, keys, a database of each kind."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from engine.clock import MovableClock
from engine.db import Database, Keyring, envelope
from engine.i18n import set_language
from tests.support import chromium as browsers
from tests.support import postgres
from tests.support.databases import PostgresTemplate, SqliteTemplate
from tests.support.keys import KEY_OF_THE_TESTS
from tests.support.summary import tell_of_elements

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday morning, nine o'clock in Shanghai."""


def pytest_addoption(parser):
    parser.addoption(
        "--pictures",
        action="store_true",
        help="Take the pictures of docs/pictures while the journeys run.",
    )


def pytest_terminal_summary(terminalreporter):
    tell_of_elements(terminalreporter)


@pytest.fixture(autouse=True, scope="session")
def _keys():
    envelope.install(Keyring({1: KEY_OF_THE_TESTS}))


@pytest.fixture(autouse=True)
def _language():
    set_language("zh")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browsers.chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template():
    with postgres.server() as address:
        template = PostgresTemplate(address)
        yield template
        template.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request) -> Iterator[Database]:
    """A fresh, empty database; every test that asks for it runs on both kinds."""
    kind = "sqlite_template" if request.param == "sqlite" else "postgres_template"
    with request.getfixturevalue(kind).copy() as address:
        found = Database(address)
        yield found
        found.close()


@pytest.fixture
def sqlite(sqlite_template) -> Iterator[Database]:
    """A fresh SQLite database, for what does not depend on the kind."""
    with sqlite_template.copy() as address:
        found = Database(address)
        yield found
        found.close()
