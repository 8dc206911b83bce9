"""Markup typed into any field is text, wherever it is shown again."""

import pytest
from sqlalchemy import select

from engine.declaration.models import DocumentIssue
from tests.webapp import walk
from tests.webapp.site import CAPTCHA

MARKUP = '"><img src=x onerror=alert(1)>'
TYPED = {
    "native_place": MARKUP[:30],
    "position_title": MARKUP[:30],
    "employer": f"</textarea></title>{MARKUP}",
    "home_address": f"<script>alert(1)</script>{MARKUP}",
    "resume.0.start.year": "2001",
    "resume.0.start.month": "9",
    "resume.0.place": MARKUP,
    "resume.0.role": "{{ 7777777*7 }}<b>x</b>",
    "family.0.relation": "<i>x</i>",
    "family.0.name": MARKUP[:30],
    "family.0.employer": "javascript:alert(1)",
    "achievements": f"${{7777777*7}}{MARKUP}",
    "rewards_punishments": f"</p>{MARKUP}",
    "self_appraisal": f"[x](javascript:alert(1)) **b** {MARKUP}",
}


def is_inert(page):
    """No tag of ours came out of what was typed; the rules of every page see to handlers."""
    assert not page.soup.find("img", src="x")
    assert not page.soup.main.find(["script", "i"])
    assert "54444439" not in page.main
    for link in page.soup.find_all("a"):
        assert not link.get("href", "").startswith("javascript")


def test_on_the_page_that_is_shown_again(go_on):
    _site, visitor = go_on("information")
    typed, files = walk.information("S1")
    page = visitor.press("下一步", files, status=422, **{**typed, **TYPED, "phone": MARKUP})
    is_inert(page)
    for name, text in TYPED.items():
        assert page.value(name) == text


def test_on_the_reviewers_desk_and_in_print(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **{**typed, **TYPED})
    is_inert(visitor.page)
    walk.choose_pick_up(site, visitor, "S1")
    site.engine.worker.run_due()
    reviewer = site.staff("onsite2")
    reviewer.press("领取下一件")
    is_inert(reviewer.page)
    assert MARKUP in reviewer.page.main
    assert "<script>alert(1)</script>" in reviewer.page.main
    is_inert(visitor.open("/home"))
    with site.engine.database.read() as session:
        issues = session.scalars(select(DocumentIssue)).all()
    assert {issue.state for issue in issues} == {"issued"}


def test_on_the_fixed_pages(site):
    visitor = site.visitor()
    visitor.open("/register")
    page = visitor.press(
        "获取短信验证码",
        admission_number=MARKUP,
        id_number=MARKUP,
        name=MARKUP,
        mobile=MARKUP,
        captcha=CAPTCHA,
        status=422,
    )
    is_inert(page)
    assert page.value("name") == MARKUP


@pytest.mark.parametrize("path", ["/verify/{}", "/nothing/{}", "/help?x={}", "/sign-in?next={}"])
def test_in_an_address(site, path):
    page = site.visitor().get(path.format(MARKUP))
    is_inert(page)
    assert MARKUP not in page.answer.text


def test_in_the_name_of_a_file(go_on):
    _site, visitor = go_on("information")
    _name, content, kind = walk.evidence("S1")
    page = visitor.press(
        "下一步", {"prior_evidence": (f"{MARKUP[2:]}.jpg", content, kind)}, status=422
    )
    is_inert(page)
    assert "onerror" in page.main


def test_in_a_certificate(go_on):
    site, _owner = go_on("certificate review")
    visitor = walk.walk(site, "S9", walk.REVIEW)
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    page = visitor.press(
        "对顶材料提交",
        status=422,
        **{"certificates.cert_no": MARKUP, "certificates.holder_name": MARKUP},
    )
    is_inert(page)
    assert page.value("certificates.holder_name") == MARKUP
