"""A site of one's own for each test: a copy of a home that was prepared once."""

from contextlib import ExitStack

import pytest

from tests.webapp import site as sites
from tests.webapp.stops import Walks


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("prepared") / "home"
    sites.prepare(sites.settings_for(home))
    return home


@pytest.fixture(scope="session")
def walks(prepared_home, tmp_path_factory):
    return Walks(prepared_home, tmp_path_factory.mktemp("walks"))


@pytest.fixture
def site(prepared_home, tmp_path):
    """The application on SQLite, on the first morning, with everybody's accounts open."""
    with sites.opened(sites.settings_for(sites.copied(prepared_home, tmp_path))) as found:
        yield found


@pytest.fixture
def go_on(walks, tmp_path):
    """Take up a walk where it was left: `go_on("information")` gives the site and the visitor."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(walks.go_on(name, tmp_path))
