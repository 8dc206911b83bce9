"""Sample pages in a browser: nothing axe finds, nothing too wide, nothing the policy forbids."""

import pytest

from tests.frontend import browser, gallery

NORMAL, PHONE, ZOOMED = 1280, 390, 320
USUAL = [(name, PHONE) for name in gallery.CANDIDATE_PAGES]
USUAL += [(name, NORMAL) for name in gallery.STAFF_PAGES]
OTHERS = [(name, NORMAL) for name in (*gallery.CANDIDATE_PAGES, *gallery.ERROR_PAGES)]
OTHERS += [(name, PHONE) for name in (*gallery.STAFF_PAGES, *gallery.ERROR_PAGES)]
OTHERS += [(f"{name}/en", PHONE) for name in gallery.NAMES]


@pytest.mark.parametrize(("name", "width"), USUAL)
def test_axe_finds_no_fault(visit, name, width):
    assert browser.problems_of(visit(name, width=width)) == []


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "width"), OTHERS)
def test_axe_finds_no_fault_in_english_nor_at_the_other_width(visit, name, width):
    assert browser.problems_of(visit(name, width=width)) == []


def test_no_page_needs_sideways_scrolling_at_400_per_cent(visit):
    page = visit("404", width=ZOOMED)
    wide = {name: _width_of(page, name) for name in gallery.NAMES}
    assert {name: width for name, width in wide.items() if width > ZOOMED} == {}


@pytest.mark.parametrize("name", ["form", "batches", "photo"])
def test_a_form_can_be_filled_without_scripts(visit, name):
    page = visit(name, script=False)
    assert page.locator("main button:visible").count() > 0
    assert page.locator("main :is(input, select, textarea):visible").count() > 0


@pytest.mark.parametrize("name", ["home", "desk"])
def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit, name):
    page = visit(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_everything_a_finger_must_hit_is_large_enough(visit):
    page = visit("batches", width=PHONE)
    for control in page.locator("main :is(.govuk-button, .govuk-select, .app-card)").all():
        assert control.bounding_box()["height"] >= 44


def _width_of(page, name):
    page.goto(f"{browser.ORIGIN}/{name}")
    return page.evaluate("document.documentElement.scrollWidth")
