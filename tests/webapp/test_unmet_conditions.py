"""下一步 on 毕业成绩初审 while conditions are missing: it says which, and all else stays."""

from sqlalchemy import func, select

from engine.cases.models import WorkItem
from tests.webapp import walk

REQUIRED = "没有满足：必考课程全部合格。缺 03708 中国近现代史纲要(2)；缺 13000 英语（专升本）(7)；"
SUMS = "没有满足：课程门数和总学分达到计划要求。4/14 门，18/71 学分。"
ELECTIVES = "没有满足：选考课程达到规定的门数和学分。"


def items(site):
    with site.engine.database.read() as session:
        return session.scalar(
            select(func.count()).select_from(WorkItem).where(WorkItem.element == "review_scores")
        )


def test_it_names_what_is_missing_and_leads_to_each_line(site):
    visitor = walk.walk(site, "S2", walk.REVIEW)
    page = visitor.press("下一步", status=422)
    assert len(page.errors) == 2
    assert page.errors[0].startswith(REQUIRED)
    assert page.errors[0].endswith("缺 14790 工商管理毕业论文(0)。")
    assert page.errors[1] == SUMS
    for link in page.soup.select(".govuk-error-summary a"):
        assert page.soup.find(id=link["href"].removeprefix("#")).name == "li"


def test_pressing_again_and_again_stays_on_the_one_work_item(site):
    visitor = walk.walk(site, "S2", walk.REVIEW)
    path = visitor.page.path
    for _press in range(3):
        assert visitor.press("下一步", status=422).path == path
    assert items(site) == 1
    assert visitor.open(path).title == walk.REVIEW


def test_what_was_chosen_and_typed_on_the_page_is_still_there(site):
    visitor = walk.walk(site, "S2", walk.REVIEW)
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    typed, _picture = walk.certificate("S2", "102101421002345")
    page = visitor.press("下一步", status=422, **typed)
    assert {name: page.value(name) for name in typed} == typed
    assert page.value("certificates.type") == "CET4"
    again = visitor.open(page.path)
    assert {name: again.value(name) for name in typed} == typed


def test_electives_are_named_with_the_courses_and_credits_that_are_missing(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    said = visitor.press("outcome=next", status=422).errors[0]
    assert said.startswith(ELECTIVES)
    assert "缺 00015 英语（二）(14)；也可以不考外语：缺 3 门、13 学分，可从这些课程中选：" in said


def test_the_other_buttons_ask_for_nothing_of_it(site):
    visitor = walk.walk(site, "S2", walk.REVIEW)
    visitor.press("下一步", status=422)
    assert visitor.press("上一步").title == walk.APPLICATION
