"""The pages around a declaration: each reads well, fits a phone, and pleases axe."""

import pytest

from tests.frontend.browser import problems_of
from tests.journeys.town import town as open_town

PAGES = {
    "notices": "/",
    "register": "/register",
    "sign-in": "/sign-in",
    "forgotten-password": "/forgotten-password",
    "help": "/help",
    "verify-document": "/verify",
    "not-found": "/no-such-page",
    "staff-sign-in": "/staff/sign-in",
}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory, chromium, album):
    with open_town(tmp_path_factory.mktemp("town"), chromium, album) as town:
        yield town.person()


@pytest.mark.parametrize("name", PAGES)
def test_a_fixed_page_is_accessible_and_fits_a_phone(visitor, name):
    visitor.goto(PAGES[name])
    visitor.shot(name)
    assert problems_of(visitor.page) == []
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    assert width <= 390


@pytest.mark.parametrize("name", PAGES)
def test_a_fixed_page_is_whole_in_english(visitor, name):
    visitor.goto(f"{PAGES[name]}?lang=en")
    text = visitor.page.locator("main").inner_text()
    left = {c for c in text if "\u4e00" <= c <= "\u9fff"}
    visitor.goto("/?lang=zh")
    assert not left - set("青岛市招生考试院招考房间中文")
