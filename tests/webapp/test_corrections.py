"""A candidate who asked for another name hears on the page how it was decided."""

from tests.webapp import walk


def ask(go_on):
    """Ask for another name, and let the registrar take the request in hand."""
    site, visitor = go_on("printing")
    visitor.open("/corrections")
    visitor.press("申请更正")
    asked = {"request.name": "测试佳", "request.explanation": "户口簿上是另一个字"}
    visitor.press("outcome=submit", {"request.evidence.1": walk.portrait()}, **asked)
    registrar = site.staff("registrar1")
    registrar.press("领取下一件")
    return visitor, registrar


def test_the_reason_of_a_refusal_is_told_to_the_candidate(go_on):
    visitor, registrar = ask(go_on)
    decided = {"decision.reason": "evidence", "decision.text": "缺户口簿的首页"}
    registrar.press("outcome=refuse", **decided)
    page = visitor.open("/corrections")
    assert "缺户口簿的首页" in page.main
    assert "状态 不予更正" in page.main
    assert "申请更正" in page.buttons


def test_what_was_corrected_is_called_corrected(go_on):
    visitor, registrar = ask(go_on)
    registrar.press("outcome=approve")
    page = visitor.open("/corrections")
    assert "状态 已更正" in page.main
    assert "不予" not in page.main
