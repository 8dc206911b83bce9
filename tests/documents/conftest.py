"""One press for the tests of this folder, and ways to spoil its fonts."""

import pytest

from engine.documents import FONTS, Press


@pytest.fixture(scope="session")
def press():
    found = Press()
    yield found
    found.close()


@pytest.fixture(scope="session")
def regular():
    return [str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansRare-Regular.ttf")]


@pytest.fixture(scope="session")
def bold():
    return [str(FONTS / "NotoSansSC-Bold.ttf"), str(FONTS / "NotoSansRare-Bold.ttf")]
