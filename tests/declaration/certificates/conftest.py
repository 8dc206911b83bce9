"""Two candidates with certificates, on both databases or on the quick one."""

import pytest

from engine.bootstrap import build
from engine.db import Database, Keyring, envelope
from engine.declaration import demo
from engine.jobs.procrastinate import install_schema
from engine.settings import Settings
from tests.conftest import START
from tests.declaration.certificates.world import World
from tests.declaration.flow.platform import Platform
from tests.files.pictures import jpeg, plain
from tests.support.databases import PostgresTemplate, SqliteTemplate

KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _the_key_of_the_tests():
    """An engine that was built elsewhere may have left a key of its own behind."""
    envelope.install(Keyring({1: KEY}))


@pytest.fixture(scope="session")
def demo_sqlite(tmp_path_factory):
    """A database with the demonstration's data in it, made once and copied for each test."""
    template = SqliteTemplate(tmp_path_factory.mktemp("demo"))
    _load(f"sqlite:///{template._file}")
    return template


@pytest.fixture(scope="session")
def demo_postgres(postgres_template):
    template = PostgresTemplate(postgres_template._url.render_as_string(hide_password=False))
    _load(template._address(template._name))
    yield template
    template.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    """A database of each kind, with the demonstration's people."""
    with request.getfixturevalue(f"demo_{request.param}").copy() as address:
        found = Database(address)
        yield found
        found.close()


@pytest.fixture
def world(database, clock, tmp_path):
    opened = World(database, clock, tmp_path / "files")
    yield opened
    opened.close()


@pytest.fixture
def quick(demo_sqlite, clock, tmp_path):
    """The same on SQLite alone, for what does not depend on the database."""
    with demo_sqlite.copy() as address:
        database = Database(address)
        opened = World(database, clock, tmp_path / "files")
        yield opened
        opened.close()
        database.close()


@pytest.fixture
def engine(database, clock, tmp_path):
    """A whole engine over the demonstration's people."""
    with database.engine.begin() as connection:
        install_schema(connection)
    settings = Settings(
        home=tmp_path / "home",
        database_url=database.url.render_as_string(hide_password=False),
        demo=True,
        master_key=KEY.hex(),
    )
    built = build(settings, clock=clock, payment_provider=Platform(clock))
    built.publish()
    with built.database.write() as session:
        demo.open_accounts(session, clock.now())
    yield built
    built.close()


@pytest.fixture(scope="session")
def picture() -> bytes:
    return jpeg(plain((900, 700)))


def _load(address: str) -> None:
    envelope.install(Keyring({1: KEY}))
    database = Database(address)
    with database.write() as session:
        demo.load(session, START)
    database.close()
