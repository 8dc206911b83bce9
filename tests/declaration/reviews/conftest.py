"""Declarations that lie at the counter: on both databases, or quickly on a copy of one home."""

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from engine.bootstrap import build
from engine.clock import MovableClock
from engine.db import Base
from engine.db.tables import import_tables
from engine.declaration import demo
from engine.settings import Settings
from tests.conftest import START
from tests.declaration.flow.conftest import engine, picture, platform
from tests.declaration.flow.walk import Walk
from tests.declaration.reviews.counter import Counter
from tests.support.keys import KEY_OF_THE_TESTS

__all__ = ["engine", "picture", "platform"]


def submitted(engine, picture) -> Walk:
    """S1's declaration, submitted for the first batch in Shinan."""
    walk = Walk.begin(engine, "S1").to_apply()
    walk.apply("shinan", 3)
    walk.to_delivery(picture).post("choose_delivery", "next", {"method": "pick_up"})
    return walk


@pytest.fixture
def lasting(engine, picture) -> Walk:
    """The same declaration on SQLite and on PostgreSQL."""
    return submitted(engine, picture)


@pytest.fixture(scope="session")
def left_at_the_counter(tmp_path_factory, picture):
    """A home with a submitted declaration in it, and the walk that led there."""
    home = tmp_path_factory.mktemp("counter") / "home"
    clock = MovableClock(START)
    with opened(home, clock) as built:
        import_tables()
        Base.metadata.create_all(built.database.engine)
        built.publish()
        with built.database.write() as session:
            demo.load(session, clock.now())
            demo.open_accounts(session, clock.now())
        walk = submitted(built, picture)
    return home, clock.now(), walk


@pytest.fixture
def walk(left_at_the_counter, tmp_path):
    home, now, walk = left_at_the_counter
    shutil.copytree(home, tmp_path / "home")
    with opened(tmp_path / "home", MovableClock(now)) as built:
        yield replace(walk, engine=built)


@pytest.fixture
def counter(walk) -> Counter:
    return Counter(walk, "onsite1")


@contextmanager
def opened(home, clock):
    built = build(
        Settings(home=home, master_key=KEY_OF_THE_TESTS.hex(), demo=True, _env_file=None),
        clock=clock,
    )
    yield built
    built.close()
