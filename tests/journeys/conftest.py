"""One town for each journey."""

import pytest

from tests.journeys.album import Album
from tests.journeys.town import town as open_town


def pytest_collection_modifyitems(items):
    """Every test of this folder drives a browser."""
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def album(request):
    opened = Album(keeps=request.config.getoption("--pictures"))
    yield opened
    opened.close()


@pytest.fixture
def town(tmp_path, chromium, album):
    with open_town(tmp_path, chromium, album) as opened:
        yield opened
