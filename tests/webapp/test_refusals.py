"""What the case refuses stands where an error stands, beside what was typed."""

from tests.webapp import walk

OTHER = "020119200002"
"""The number of S2 that is not the one declared with."""


def value_of(page, name):
    return page.soup.find("input", {"name": name})["value"]


def test_a_wrong_code_is_an_error_beside_its_field(site):
    visitor = walk.walk(site, "S10", walk.CODE)
    visitor.press("提交", code="000000" if site.code("S10") != "000000" else "000001")
    assert visitor.page.errors == ["验证码不正确，还可以再试 4 次。"]
    assert visitor.page.soup.select_one("#field-code[aria-invalid]")
    assert visitor.page.soup.select_one("#field-code-error")
    assert visitor.page.soup.select_one(".govuk-error-summary a")["href"] == "#field-code"
    site.clock.advance(seconds=61)
    visitor.press("重新发送短信验证码")
    assert not visitor.page.errors


def test_a_refused_number_stays_beside_its_error(site):
    visitor = walk.walk(site, "S2", walk.CONSOLIDATION)
    assert value_of(visitor.page, "sources.admission_number") == OTHER
    visitor.press("outcome=merge_admission_number", **{"sources.admission_number": "020119200003"})
    assert visitor.page.errors[0].startswith("没有归一成功：没有查到")
    assert visitor.page.soup.select_one("#field-sources-admission_number-error")
    assert value_of(visitor.page, "sources.admission_number") == "020119200003"


def test_an_old_refusal_is_gone_after_a_success(site):
    visitor = walk.walk(site, "S2", walk.CONSOLIDATION)
    visitor.press(
        "outcome=merge_archive", **{"sources.major": "02033", "sources.sequence": "00009"}
    )
    visitor.press(
        "outcome=merge_archive", **{"sources.major": "02033", "sources.sequence": "00001"}
    )
    assert visitor.page.soup.select_one("#field-sources-major-error")
    site.clock.advance(seconds=1)
    visitor.press("outcome=merge_admission_number", **{"sources.admission_number": OTHER})
    visitor.press("确认成绩")
    assert visitor.page.title == walk.CONSOLIDATION
    assert not visitor.page.errors
    assert "没有归一成功" not in visitor.page.main
    assert value_of(visitor.page, "sources.major") == ""


def test_both_parts_of_an_archive_number_are_named_at_once(site):
    visitor = walk.walk(site, "S2", walk.CONSOLIDATION)
    visitor.press(
        "outcome=merge_archive", status=422, **{"sources.major": "1", "sources.sequence": "2"}
    )
    assert len(visitor.page.errors) == 2
    assert value_of(visitor.page, "sources.major") == "1"
    assert value_of(visitor.page, "sources.sequence") == "2"
