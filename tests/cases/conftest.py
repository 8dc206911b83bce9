"""The world of the case engine's tests, on both databases."""

import pytest

from tests.cases.world import World


@pytest.fixture
def world(database, clock, tmp_path) -> World:
    return World(database, clock, tmp_path / "files")


@pytest.fixture
def make_world(database, clock, tmp_path):
    """Make a world with other models, forms, services or component types."""

    def make(**changes) -> World:
        return World(database, clock, tmp_path / "files", **changes)

    return make
