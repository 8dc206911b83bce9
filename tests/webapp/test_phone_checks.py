"""The code of a sign-in: bound to the browser, the person and the minute it was asked for."""

import pytest
from sqlalchemy import select

from engine.cases.models import WorkItem
from engine.people import limits
from tests.webapp import walk
from tests.webapp.site import CAPTCHA, person

GONE = "验证码不正确或已失效，请重新获取。"


def ask(visitor):
    visitor.open("/sign-in/verify")
    visitor.press("发送短信验证码")


def test_a_code_opens_only_the_browser_that_asked(site):
    visitor, other = site.candidate("S2"), site.candidate("S2")
    ask(visitor)
    other.open("/sign-in/verify")
    assert other.press("提交", code=site.code("S2"), status=422).errors == [GONE]
    assert visitor.press("提交", code=site.code("S2")).path == "/home"


def test_a_code_of_someone_else_opens_nothing(site):
    visitor, other = site.candidate("S2"), site.candidate("S3")
    ask(visitor)
    ask(other)
    page = visitor.press("提交", code=site.code("S3"), status=422)
    assert page.errors == ["验证码不正确，还可以再试 4 次。"]


def test_five_wrong_tries_kill_the_code(site):
    visitor = site.candidate("S2")
    ask(visitor)
    right = site.code("S2")
    wrong = f"{(int(right) + 1) % 10**6:06}"
    said = [visitor.press("提交", code=wrong, status=422).errors[0] for _ in range(5)]
    assert said[0].startswith("验证码不正确，还可以再试 4 次")
    assert said[4] == GONE
    assert visitor.press("提交", code=right, status=422).errors == [GONE]


@pytest.mark.parametrize(("seconds", "status"), [(299, 303), (301, 422)])
def test_a_code_lasts_five_minutes(site, seconds, status):
    visitor = site.candidate("S2")
    ask(visitor)
    code = site.code("S2")
    site.clock.advance(seconds=seconds)
    assert visitor.press_once("提交", code=code).status == status


def test_the_third_code_of_a_day_costs_a_captcha(site):
    visitor = site.candidate("S2")
    for _ in range(2):
        ask(visitor)
        site.clock.advance(seconds=61)
    visitor.open("/sign-in/verify")
    assert not visitor.page.soup.select("[name=captcha]")
    visitor.press("发送短信验证码", status=422)
    assert len(site.messages(person("S2").mobile)) == 2
    visitor.press("发送短信验证码", captcha=CAPTCHA)
    assert len(site.messages(person("S2").mobile)) == 3


def test_while_codes_are_guessed_everywhere_every_check_costs_a_captcha(site):
    visitor = site.candidate("S2")
    ask(visitor)
    with site.engine.database.write() as session:
        for _ in range(500):
            limits.WRONG_CODES_IN_ALL.hit(session, "", site.clock.now())
    code = site.code("S2")
    page = visitor.press("提交", code=code, status=422)
    assert page.errors == ["图形验证码不正确或已过期，请输入新图片中的数字。"]
    assert visitor.press("提交", code=code, captcha=CAPTCHA).path == "/home"


def test_before_the_check_no_page_with_personal_data_opens(go_on):
    site, owner = go_on("information")
    item = owner.page.path
    password_only = site.candidate("S1")
    for path in ("/home", item, "/corrections"):
        assert password_only.open(path).path == "/sign-in/verify"
    page = password_only.post(item, {"version": "0", "submission": "x", "outcome": "next"})
    assert page.status in (303, 400)


def test_a_code_for_the_case_counts_for_the_sign_in(site):
    visitor = walk.walk(site, "S10", walk.CONSOLIDATION)
    assert visitor.open("/home").path == "/home"
    assert "成绩归一" in visitor.page.main


def address_of_step(site):
    with site.engine.database.read() as session:
        item = session.scalars(select(WorkItem).where(WorkItem.closed_at.is_(None))).one()
    return f"/work-items/{item.id}"


def ask_again(site, visitor, times):
    """Press whichever button sends a code where the case stands."""
    for _ in range(times):
        site.clock.advance(seconds=61)
        is_waiting = visitor.page.title == walk.CODE
        visitor.press("outcome=resend" if is_waiting else "outcome=send")
        site.engine.worker.run_due()


def test_the_code_of_the_diagram_counts_with_every_code_of_its_phone(site):
    """It goes to the owner's phone alone, and asking there or anywhere else is one limit."""
    visitor, mobile = walk.walk(site, "S10", walk.FIRST), person("S10").mobile
    ask_again(site, visitor, 7)
    assert "一小时内获取验证码的次数已达上限" in visitor.page.main
    assert len(site.messages(mobile)) == 5
    site.clock.advance(seconds=61)
    visitor.open("/sign-in/verify")
    visitor.press("发送短信验证码", captcha=CAPTCHA)
    assert "一小时内获取验证码的次数已达上限" in visitor.page.main
    for times in (5, 2):
        site.clock.advance(hours=1)
        site.engine.worker.run_due()
        visitor = site.candidate("S10")
        visitor.open(address_of_step(site))
        ask_again(site, visitor, times)
    assert "今天获取验证码的次数已达上限" in visitor.page.main
    assert len(site.messages(mobile)) == 10
