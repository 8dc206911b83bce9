"""A whole engine with the demonstration's people, on both databases."""

import pytest

from engine.bootstrap import build
from engine.declaration import demo
from engine.jobs.procrastinate import install_schema
from engine.settings import Settings
from tests.declaration.flow.platform import Platform
from tests.journeys import pictures
from tests.support.keys import KEY_OF_THE_TESTS


@pytest.fixture(scope="session")
def picture() -> bytes:
    return pictures.portrait()


@pytest.fixture
def platform(clock) -> Platform:
    return Platform(clock)


@pytest.fixture
def engine(database, clock, tmp_path, platform):
    with database.engine.begin() as connection:
        install_schema(connection)
    url = database.url.render_as_string(hide_password=False)
    built = build(
        Settings(
            home=tmp_path / "home",
            master_key=KEY_OF_THE_TESTS.hex(),
            database_url=url,
            demo=True,
        ),
        clock=clock,
        payment_provider=platform,
    )
    built.publish()
    with built.database.write() as session:
        demo.load(session, clock.now())
        demo.open_accounts(session, clock.now())
    yield built
    built.close()
