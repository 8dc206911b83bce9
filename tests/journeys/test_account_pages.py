"""The pages around a declaration that need a sign-in, as S2 sees them, and the registrar's desk."""

import pytest

from engine.declaration import demo
from tests.frontend.browser import problems_of
from tests.journeys import pictures, steps

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def candidate(town):
    visitor = town.person()
    visitor.sign_in(steps.person("S2").admission_number)
    return visitor


def show(visitor, name):
    """Leave a picture of a page that pleases axe and fits a phone."""
    visitor.shot(name)
    assert problems_of(visitor.page) == []
    visitor.page.set_viewport_size(PHONE)
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.page.set_viewport_size(DESK)
    assert width <= PHONE["width"]


def test_the_account_pages(town, candidate):
    candidate.goto("/corrections")
    show(candidate, "sign-in-verify")
    candidate.verify(steps.person("S2").mobile)
    candidate.goto("/password")
    show(candidate, "password")
    candidate.fill("原密码", demo.PASSWORD)
    candidate.fill("新密码", "amber-harbour-7316")
    candidate.fill("确认密码", "amber-harbour-7316")
    candidate.press("保存新密码")
    assert candidate.sees("密码已修改，其他设备上的登录已经退出。")
    show(candidate, "password-changed")


def test_the_choice_between_duplicate_scores(town, candidate):
    who = steps.person("S2")
    candidate.press(f"用准考证号 {who.admission_number} 申报")
    show(candidate, "request-code")
    town.clock.advance(seconds=steps.A_MINUTE_LATER)
    candidate.press("发送短信验证码")
    show(candidate, "enter-code")
    candidate.fill("短信验证码", town.code(who.mobile))
    candidate.press("提交")
    candidate.press("成绩归一")
    assert candidate.title() == "成绩选择"
    show(candidate, "score-selection")
    candidate.press("确认成绩")
    assert candidate.title() == "成绩归一"


def test_a_correction_of_the_name(town, candidate):
    who = steps.person("S2")
    candidate.goto("/corrections")
    candidate.verify(who.mobile)
    candidate.goto("/corrections")
    show(candidate, "corrections")
    candidate.press("申请更正")
    candidate.page.get_by_label("正确的姓名").fill("测试乙乙")
    candidate.fill("说明", "身份证上是三个字")
    candidate.page.get_by_label("第 1 张照片").set_input_files(
        {
            "name": "身份证.jpg",
            "mimeType": "image/jpeg",
            "buffer": pictures.certificate("测试乙乙", "1"),
        }
    )
    show(candidate, "correction-request")
    candidate.press("提交申请")

    registrar = town.person()
    registrar.sign_in_as_staff("registrar1")
    registrar.page.locator("button", has_text="领取").last.click()
    assert registrar.sees("测试乙乙")
    show(registrar, "registrar-desk")
    registrar.press("同意更正")
    assert registrar.title() == "任务列表"
    candidate.goto("/corrections")
    assert candidate.sees("已更正")


def test_a_stale_page_says_so(town, candidate):
    candidate.press(f"用准考证号 {steps.person('S2').admission_number} 申报")
    page = candidate.page.url
    second = candidate.context.new_page()
    second.goto(page)
    town.clock.advance(seconds=steps.A_MINUTE_LATER)
    candidate.press("发送短信验证码")
    second.get_by_role("button", name="发送短信验证码").first.click()
    candidate.page = second
    show(candidate, "stale")
