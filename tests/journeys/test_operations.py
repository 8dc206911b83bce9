"""The operators' pages in a browser, with declarations on their way and something gone wrong."""

import pytest
from sqlalchemy import select

from engine import jobs
from engine.bpmn import ElementFailed
from engine.cases import failures
from engine.cases.models import Case, WorkItem
from engine.declaration import demo
from engine.jobs import GiveUp, Handler, Worker
from tests.frontend.browser import problems_of
from tests.journeys.album import SCREENSHOTS

OPERATIONS = "/staff/operations"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def give_up(job):
    raise GiveUp("支付平台没有回答")


def bury_a_job(engine, case_id):
    """A job of a kind that this town has no handler for is given up by another worker."""
    now = engine.clock.now()
    with engine.database.write() as session:
        job = jobs.enqueue(session, "payments.close", {}, now=now, case_id=case_id)
    told = Handler(give_up, on_dead=lambda s, j: failures.open_job_incident(s, j, now) and None)
    Worker(engine.database, {"payments.close": told}, engine.clock).run_one(job.id)


@pytest.fixture
def case_id(town):
    """The declaration whose certificate waits; a job of it is dead, and a step of it has failed."""
    engine = town.engine
    with engine.database.write() as session:
        demo.begin_declarations(session, engine.cases, engine.clock.now())
    with engine.database.read() as session:
        waiting = select(WorkItem.case_id).where(WorkItem.element == "review_certificates")
        (case,) = session.scalars(select(Case).where(Case.id.in_(waiting))).all()
    bury_a_job(engine, case.id)
    fault = ElementFailed("submit_certificates", LookupError())
    with engine.database.write() as session:
        engine.cases.report(session, case.id, fault)
    engine.worker.run_due()
    town.clock.advance(hours=1)
    return case.id


def show(visitor, name):
    """Leave a picture at both widths of a page that pleases axe and fits a phone."""
    visitor.shot(name)
    look(visitor, name)


def look(visitor, name):
    """Hold a page to what pages promise; its pictures are for whoever works on it."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for size in (DESK, PHONE):
        visitor.page.set_viewport_size(size)
        path = SCREENSHOTS / f"{name}-{size['width']}.png"
        visitor.page.screenshot(path=path, full_page=True)
        assert problems_of(visitor.page) == []
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.page.set_viewport_size(DESK)
    assert width <= PHONE["width"]


def test_an_operator_looks_round_and_mends_what_went_wrong(town, case_id):
    operator = town.person()
    operator.sign_in_as_staff("operator")
    operator.page.get_by_role("link", name="运行管理").click()
    assert operator.title() == "运行概况"
    show(operator, "operations-overview")
    operator.page.get_by_role("link", name="申报", exact=True).click()
    assert operator.title() == "申报列表"
    show(operator, "operations-cases")
    operator.page.get_by_role("link", name="异常", exact=True).click()
    operator.page.get_by_role("button", name="领取").first.click()
    assert operator.sees("已由您领取。")
    show(operator, "operations-incidents")
    operator.goto(f"{OPERATIONS}/jobs")
    look(operator, "operations-jobs")
    operator.goto(f"{OPERATIONS}/cases/{case_id}?diagram=graduation_declaration")
    look(operator, "operations-main-diagram")
    operator.goto(f"{OPERATIONS}/cases/{case_id}")
    show(operator, "operations-case")
    operator.page.get_by_text("暂停申报").click()
    operator.page.locator("#field-suspend").fill("与考籍科核对")
    operator.page.get_by_role("button", name="暂停", exact=True).click()
    assert operator.sees("这件申报已暂停")
    look(operator, "operations-case-suspended")
    operator.page.get_by_text("查看个人信息").first.click()
    operator.page.locator("#field-answers").fill("考生来电核对")
    operator.page.locator("#field-answers").press("Enter")
    assert operator.sees("这次查看和原因已经记录")
    look(operator, "operations-case-revealed")


def test_a_page_for_others_says_what_to_do(town):
    reviewer = town.person()
    reviewer.sign_in_as_staff("cert1")
    reviewer.goto(OPERATIONS)
    assert reviewer.title() == "您不能打开这一页"
    show(reviewer, "refused")


def test_the_pages_work_without_scripts(town, case_id):
    operator = town.person(script=False)
    operator.sign_in_as_staff("operator")
    operator.goto(f"{OPERATIONS}/cases")
    operator.page.get_by_label("只看有异常的").check()
    operator.press("筛选")
    operator.page.locator("tbody th a").first.click()
    assert operator.page.url.endswith(str(case_id))
    operator.page.locator(".app-legend a").first.click()
    assert operator.page.url.endswith("#step-submit_certificates")
    operator.page.locator(".app-tabs a", has_text="毕业申报").click()
    operator.page.locator("#step-score_review a").click()
    assert "diagram=score_review" in operator.page.url
