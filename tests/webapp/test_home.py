"""The home page says how the declaration stands, whoever has it in hand."""

from tests.webapp.site import person


def states(visitor):
    """What the page says of each stage."""
    items = visitor.page.soup.select(".govuk-task-list__item")
    return dict(item.get_text(" ", strip=True).split(" ", 1) for item in items)


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
