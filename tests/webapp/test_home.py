"""The home page says how the declaration stands, whoever has it in hand."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.payments import PaymentOrder
from engine.payments.providers import Payment
from engine.payments.settlement import settle
from tests.declaration.flow.walk import MAIL
from tests.webapp import walk
from tests.webapp.site import person


def states(visitor):
    """What the page says of each stage."""
    items = visitor.page.soup.select(".govuk-task-list__item")
    return dict(item.get_text(" ", strip=True).split(" ", 1) for item in items)


@pytest.fixture
def to_be_paid(site):
    """The site, a visitor whose declaration waits for the postage, and the order."""
    visitor = walk.walk(site, "S10", walk.DELIVERY)
    visitor.press("_update=method", method="mail")
    visitor.press("outcome=next", **MAIL)
    with site.engine.database.read() as session:
        return site, visitor, session.scalars(select(PaymentOrder)).one()


def pay(site, order):
    """The platform's word has come; the job that tells the case has not run."""
    now = site.clock.now()
    with site.engine.database.write() as session:
        settle(session, Payment(order.number, "T1", order.amount, now), now)


def tell(site, order):
    with site.engine.database.write() as session:
        site.engine.cases.deliver(session, order.case_id, "payment_settled", {})


def refreshed(visitor):
    """What the page fetches by itself, and where it asks."""
    block = visitor.page.soup.find(id="case")
    return block.get_text(" ", strip=True), block.get("data-refresh")


def test_what_staff_have_in_hand_is_not_called_finished(go_on):
    _site, visitor = go_on("certificate review")
    visitor.open("/home")
    assert "办理中" in states(visitor)["成绩初审"]


def test_why_a_declaration_was_refused_stands_on_the_page(go_on):
    site, visitor = go_on("printing")
    reviewer = site.staff("onsite2")
    reviewer.press("领取下一件")
    reviewer.press("不予通过", **{"review.rejection": "身份证与本人不符"})
    visitor.open("/home")
    assert "不予通过的原因：身份证与本人不符" in visitor.page.main
    assert "身份证与本人不符" not in site.staff("cert1").open("/staff/").main


def test_whoever_has_passed_is_not_offered_to_begin_again(go_on):
    site, visitor = go_on("printing")
    reviewer = site.staff("onsite2")
    reviewer.press("领取下一件")
    reviewer.press("通过", **{"review.original": "id_card"})
    visitor.open("/home")
    assert not [label for label in visitor.page.buttons if label.startswith("用准考证号")]
    number = person("S10").admission_number
    page = visitor.post("/declarations", {"admission_number": number})
    assert page.answer.headers["Location"].endswith("/home")
    visitor.open("/home")
    assert "已经办理过毕业" in visitor.page.main


def test_a_second_request_for_correction_leads_to_the_first(go_on):
    _site, visitor = go_on("printing")
    visitor.open("/corrections")
    visitor.press("申请更正")
    assert visitor.post("/corrections").answer.headers["Location"].endswith("/corrections")
    assert "继续办理" in visitor.open("/corrections").main


def test_withdrawing_says_what_has_ended_and_what_stays(go_on):
    _site, visitor = go_on("information")
    visitor.open("/home")
    visitor.press("撤回申报")
    (banner,) = visitor.page.soup.select(".govuk-notification-banner--success")
    said = banner.get_text(" ", strip=True)
    assert "“撤回申报”已生效" in said
    assert "名额已退回" in said
    assert "可以重新申报" in said
    assert "已撤回" in visitor.page.main
    assert [label for label in visitor.page.buttons if label.startswith("用准考证号")]
    assert not visitor.open("/home").soup.select(".govuk-notification-banner")


def test_recalling_certificates_says_so_on_the_page_it_leads_to(go_on):
    _site, visitor = go_on("certificate review")
    visitor.open("/home")
    visitor.press("收回送审")
    assert visitor.page.title == walk.REVIEW
    (banner,) = visitor.page.soup.select(".govuk-notification-banner--success")
    said = banner.get_text(" ", strip=True)
    assert "“收回送审”已生效" in said
    assert "可以再次提交审核" in said
    assert "收回送审" not in visitor.open("/home").buttons


def test_what_is_offered_stands_in_the_same_order_every_time(go_on):
    """Neither has a time by which it could be sorted, and their keys are drawn by lot."""
    _site, visitor = go_on("certificate review")
    visitor.open("/home")
    offered = [label for label in visitor.page.buttons if label in ("收回送审", "撤回申报")]
    assert offered == ["收回送审", "撤回申报"]


def test_pressing_withdraw_twice_is_told_the_same_twice(go_on):
    _site, visitor = go_on("information")
    visitor.open("/home")
    first, second = visitor.press_once("撤回申报"), visitor.press_once("撤回申报")
    assert (first.status, second.status) == (303, 303)
    assert visitor.open("/home").main.count("“撤回申报”已生效") == 1


def test_withdrawing_from_a_page_that_is_too_old_says_that_nothing_has_changed(go_on):
    _site, visitor = go_on("information")
    old = visitor.open("/home")
    visitor.press_once("撤回申报")
    visitor.open("/home")
    assert "“撤回申报”已生效" in visitor.page.main
    visitor.page = old
    visitor.press("撤回申报", submission=str(uuid4()))
    (banner,) = visitor.page.soup.select(".govuk-notification-banner")
    assert "现在已经不能进行这项操作，申报没有改变" in banner.get_text()
    assert "govuk-notification-banner--success" not in banner["class"]


def test_all_that_follows_the_case_is_fetched_again(to_be_paid):
    site, visitor, order = to_be_paid
    visitor.open("/home")
    said, address = refreshed(visitor)
    assert "下一步：支付邮寄费" in said
    assert address == "/home"
    assert states(visitor)["邮寄缴费"] == "轮到您了"
    pay(site, order)
    tell(site, order)
    visitor.open(address)
    said, _address = refreshed(visitor)
    assert states(visitor)["邮寄缴费"] == "已完成"
    assert "下一步：打印选择" in said
    assert "支付" not in said


def test_a_payment_that_the_case_has_not_been_told_of_is_being_confirmed(to_be_paid):
    site, visitor, order = to_be_paid
    pay(site, order)
    visitor.open("/home")
    said, _address = refreshed(visitor)
    assert "正在确认支付结果" in said
    assert "下一步" not in said
    assert "还没有支付" not in said
    assert states(visitor)["邮寄缴费"] == "办理中"


def test_who_comes_back_from_the_platform_is_not_asked_to_pay_again(to_be_paid):
    _site, visitor, order = to_be_paid
    visitor.open(f"/home?number={order.number}")
    said, address = refreshed(visitor)
    assert "正在确认支付结果" in said
    assert "还没有支付的，可以继续" in said
    assert "下一步" not in said
    assert address.endswith(f"/home?number={order.number}")


def test_the_number_of_an_order_that_is_not_this_one_changes_nothing(to_be_paid):
    _site, visitor, _order = to_be_paid
    visitor.open("/home?number=BS2026030200000000000001")
    said, address = refreshed(visitor)
    assert "下一步：支付邮寄费" in said
    assert address == "/home"


def test_a_step_that_a_payment_ended_is_not_called_recalled(to_be_paid):
    site, visitor, order = to_be_paid
    step = visitor.page.path
    pay(site, order)
    tell(site, order)
    visitor.open(step)
    assert "已经办完或不再需要" in visitor.page.main
    assert "收回" not in visitor.page.main
