"""Every page speaks English when asked to: nothing Chinese is left but names and data."""

import re

import pytest
from sqlalchemy import select

from engine.declaration import models
from engine.people.models import Account
from tests.webapp import walk
from tests.webapp.site import CAPTCHA, person

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
SHOWN = ("alt", "title", "aria-label", "placeholder")
TYPED_IN_CHINESE = ("中文", "无", "无业")
"""The name of the language itself, and words that stand on the printed form."""


def data_of(site):
    """The texts that are data: names of people and courses; they are said as they stand."""
    settings = site.engine.settings
    texts = {settings.authority, settings.office_room, *TYPED_IN_CHINESE}
    texts |= set(walk.INFORMATION_FIELDS.values())
    with site.engine.database.read() as session:
        texts |= {course.name for course in session.scalars(select(models.PlanCourse))}
        texts |= {account.name for account in session.scalars(select(Account))}
    return sorted(filter(None, texts), key=len, reverse=True)


def chinese_on(page, data):
    said = [page.soup.get_text(" ")]
    for name in SHOWN:
        said += [str(tag[name]) for tag in page.soup.select(f"[{name}]")]
    text = " ".join(said)
    for known in data:
        text = text.replace(known, "")
    return sorted(set(CHINESE.findall(text)))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/help",
        "/register",
        "/registered",
        "/sign-in",
        "/forgotten-password",
        "/password-changed",
        "/verify",
        "/verify/ABCD",
        "/staff/sign-in",
        "/nothing-here",
    ],
)
def test_the_pages_before_the_door_speak_english(site, path):
    visitor = site.visitor()
    page = visitor.get(f"{path}?lang=en")
    assert page.soup.html["lang"] == "en"
    assert chinese_on(page, data_of(site)) == []


def test_what_is_wrong_is_told_in_english(site):
    visitor = site.visitor()
    visitor.open("/sign-in?lang=en")
    page = visitor.press("Sign in", admission_number="1", password="x", captcha=CAPTCHA, status=422)
    assert page.errors
    assert chinese_on(page, data_of(site)) == []
    visitor.open("/register")
    page = visitor.press("Submit", status=422)
    assert len(page.errors) >= 6
    assert chinese_on(page, data_of(site)) == []


@pytest.mark.parametrize(
    "stop", ["consolidation", "application", "information", "printing", "certificate review"]
)
def test_the_pages_of_a_declaration_speak_english(go_on, stop):
    site, visitor = go_on(stop)
    data, path = data_of(site), visitor.page.path
    visitor.press("English")
    assert visitor.page.path == path
    for address in (path, "/home", "/password", "/corrections"):
        page = visitor.open(address)
        assert page.soup.html["lang"] == "en"
        assert (address, chinese_on(page, data)) == (address, [])


def test_a_whole_walk_can_be_made_in_english(go_on):
    site, visitor = go_on("consolidation")
    data = data_of(site)
    visitor.press("English")
    for step in (
        lambda: visitor.press("outcome=next"),
        lambda: walk.apply_as(visitor, "junior_college"),
        lambda: visitor.press("outcome=next"),
        lambda: visitor.press("outcome=confirm"),
        lambda: visitor.press("outcome=next", status=422),
    ):
        step()
        assert (visitor.page.title, chinese_on(visitor.page, data)) == (visitor.page.title, [])
    assert len(visitor.page.errors) >= 8


@pytest.mark.parametrize(
    ("stop", "username"), [("certificate review", "cert1"), ("printing", "onsite2")]
)
def test_the_desks_of_reviewers_speak_english(go_on, stop, username):
    site, _owner = go_on(stop)
    reviewer = site.staff(username)
    reviewer.press("English")
    assert chinese_on(reviewer.page, data_of(site)) == []
    reviewer.press("Claim the next one")
    assert chinese_on(reviewer.page, data_of(site)) == []


def test_the_language_lasts_through_signing_in_and_out(site):
    visitor = site.visitor()
    visitor.open("/sign-in")
    visitor.press("English")
    visitor.press(
        "Sign in",
        admission_number=person("S2").admission_number,
        password="lake-violet-4821",
        captcha=CAPTCHA,
    )
    assert visitor.page.soup.html["lang"] == "en"
    visitor.press("Sign out")
    assert visitor.page.soup.html["lang"] == "en"
    visitor.press("中文")
    assert visitor.page.soup.html["lang"] == "zh-CN"


@pytest.mark.parametrize("wanted", ["fr", "../en", "", "EN"])
def test_a_language_nobody_speaks_changes_nothing(site, wanted):
    visitor = site.visitor()
    page = visitor.open(f"/help?lang={wanted}")
    assert page.soup.html["lang"] == "zh-CN"
    visitor.post("/language", {"language": wanted})
    assert visitor.open("/help").soup.html["lang"] == "zh-CN"


def test_a_language_chosen_on_a_page_that_was_posted_leads_back_to_a_page(go_on):
    _site, visitor = go_on("information")
    item = visitor.page.path
    visitor.press("上传照片", status=422)
    visitor.press("English")
    assert visitor.page.path == item
