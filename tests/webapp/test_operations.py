"""An operator sees what does not go on by itself, mends it, and every act is written down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update

from engine import jobs
from engine.cases import failures
from engine.cases.models import Case, Event, Incident
from engine.declaration import demo
from engine.jobs import GiveUp, Handler, Job, JobState, Worker
from tests.webapp import walk
from tests.webapp.site import person
from tests.webapp.test_faults import failing, replace_service, rows

OPERATIONS = "/staff/operations"
REASON = "与考籍科核对"


def case_of(site):
    (case,) = rows(site, Case)
    return case


def kinds(site):
    with site.engine.database.read() as session:
        return session.scalars(select(Event.kind).order_by(Event.number)).all()


def give_up(job):
    raise GiveUp("支付平台没有回答")


def dead_job(site, case_id=None):
    """A job that was given up, with its incident."""
    engine = site.engine

    def told(session, job):
        failures.open_job_incident(session, job, engine.clock.now())

    with engine.database.write() as session:
        job = jobs.enqueue(session, "payments.close", {}, now=engine.clock.now(), case_id=case_id)
    handlers = {"payments.close": Handler(give_up, on_dead=told)}
    Worker(engine.database, handlers, engine.clock).run_one(job.id)
    return job.id


def test_an_operator_takes_an_incident_and_retries_it_and_it_is_gone(go_on):
    site, _visitor = go_on("consolidation")
    case, job_id = case_of(site), dead_job(site, case_of(site).id)
    operator = site.staff("operator")
    assert "未处理的异常 最早：" in operator.open(f"{OPERATIONS}/").main
    page = operator.open(f"{OPERATIONS}/incidents")
    assert "后台任务“关闭支付订单”多次失败，已放弃" in page.main
    assert "GiveUp: 支付平台没有回答" in page.main
    assert case.number in page.main
    operator.press(next(b for b in page.buttons if b.startswith("领取")))
    assert "已由您领取。" in operator.page.main
    assert "运维员" in operator.page.main
    operator.press(next(b for b in operator.page.buttons if b.startswith("重试")))
    assert "已重新开始：后台任务 1 项" in operator.page.main
    assert "没有未处理的异常。" in operator.page.main
    assert "运维员" in operator.open(f"{OPERATIONS}/incidents?settled=yes").main
    with site.engine.database.read() as session:
        assert session.get_one(Job, job_id).state == JobState.READY
    assert [k for k in kinds(site) if k in {"incident taken", "job retried"}] == [
        "incident taken",
        "job retried",
    ]
    told = operator.open(f"{OPERATIONS}/cases/{case.id}").main
    assert "重试后台任务" in told
    assert "关闭支付订单" in told


def test_an_incident_is_settled_with_a_word_about_it(go_on):
    site, _visitor = go_on("consolidation")
    dead_job(site)
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/incidents")
    operator.press("记为处理完毕", note="")
    assert "请写明原因" in operator.page.main
    operator.press("记为处理完毕", note="平台已恢复，订单已过期")
    assert "没有未处理的异常。" in operator.page.main
    assert "平台已恢复，订单已过期" in operator.open(f"{OPERATIONS}/incidents?settled=yes").main
    assert "平台已恢复，订单已过期" in operator.open(f"{OPERATIONS}/").main


def test_a_failed_post_names_its_step_and_nobody_sends_it_for_the_candidate(go_on):
    site, visitor = go_on("application")
    replace_service(site, "declaration.reserve_seat", failing)
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    visitor.press("下一步", category="junior_college", batch=batch, status=500)
    operator = site.staff("operator")
    page = operator.open(f"{OPERATIONS}/cases/{case_of(site).id}")
    assert "占用批次名额" in page.main
    assert "builtins.LookupError" in page.main
    failed = page.soup.select(".app-picture__element--failed")
    assert [group["id"] for group in failed] == ["step-reserve_seat"]
    operator.press(
        next(
            b
            for b in page.buttons
            if b.startswith("重试builtins") or b == "重试 builtins.LookupError"
        )
    )
    assert "请当事人在原来的页面重新提交" in operator.page.main
    assert rows(site, Incident)[0].resolved_at is None


def test_nothing_personal_stands_on_the_page_before_a_reason_is_given(go_on):
    site, _visitor = go_on("printing")
    case, who = case_of(site), person("S10")
    secrets = [who.name, who.id_number, who.mobile, walk.INFORMATION_FIELDS["home_address"]]
    operator = site.staff("operator")
    for path in ("/", "/cases", f"/cases/{case.id}", "/incidents", "/jobs"):
        html = operator.open(OPERATIONS + path).answer.text
        assert [secret for secret in secrets if secret in html] == []
    operator.open(f"{OPERATIONS}/cases/{case.id}")
    operator.press("查看个人信息", reason=" ", status=422)
    assert operator.page.errors == ["请写明原因，至少两个字。它会留在记录里。"]
    assert [secret for secret in secrets if secret in operator.page.answer.text] == []
    shown = operator.press("查看个人信息", reason=REASON)
    assert [secret for secret in secrets if secret not in shown.answer.text] == []
    assert "家庭住址" in shown.main
    again = operator.open(f"{OPERATIONS}/cases/{case.id}")
    assert [secret for secret in secrets if secret in again.answer.text] == []
    assert f"原因：{REASON}" in again.main
    assert kinds(site).count("personal data shown") == 1


@pytest.mark.parametrize("username", ["auditor", "operator2"])
def test_who_may_only_look_finds_no_button_and_cannot_press(go_on, username):
    site, _visitor = go_on("consolidation")
    case, job_id = case_of(site), dead_job(site, case_of(site).id)
    (incident,) = rows(site, Incident)
    looker = site.staff(username)
    for path in ("/", "/cases", f"/cases/{case.id}", "/incidents", "/jobs"):
        page = looker.open(OPERATIONS + path)
        posts = page.soup.main.select("form[method=post]")
        assert posts == []
    for path in (
        f"/cases/{case.id}/suspend",
        f"/cases/{case.id}/answers",
        f"/incidents/{incident.id}/take",
        f"/jobs/{job_id}/retry",
    ):
        assert looker.post(OPERATIONS + path, {"reason": REASON}).status == 403
    assert case_of(site).status == "running"


def test_a_reviewer_has_no_way_to_these_pages(go_on):
    site, _visitor = go_on("consolidation")
    reviewer = site.staff("cert1")
    assert "运行管理" not in reviewer.page.text
    assert reviewer.get(f"{OPERATIONS}/").status == 403
    assert "运行管理" in site.staff("auditor").page.text


def test_a_suspended_case_refuses_a_post_and_keeps_what_was_typed(go_on):
    site, visitor = go_on("application")
    case, item = case_of(site), visitor.page.path
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/cases/{case.id}")
    operator.press("暂停", reason=REASON)
    assert "申报已暂停" in operator.page.main
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    told = visitor.press("下一步", category="junior_college", batch=batch, status=409)
    assert "这件申报已暂停" in told.main
    page = visitor.open(item)
    assert "现在不能提交" in page.main
    assert (page.value("category"), page.value("batch")) == ("junior_college", batch)
    assert "已暂停" in visitor.open("/home").main
    assert "继续办理" not in visitor.page.main
    operator.press("恢复", reason="核对无误")
    visitor.open(item)
    visitor.press("下一步")
    assert visitor.page.title == walk.REVIEW


def test_a_case_that_cannot_be_resumed_stays_suspended_and_says_why(go_on):
    site, _visitor = go_on("application")
    case = case_of(site)
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/cases/{case.id}")
    operator.press("暂停", reason=REASON)
    site.clock.advance(days=400)
    operator = site.staff("operator")
    replace_service(site, "declaration.expire", failing)
    operator.open(f"{OPERATIONS}/cases/{case.id}")
    operator.press("恢复", reason=REASON)
    assert "没有成功，一切保持原样。" in operator.page.main
    assert case_of(site).status == "suspended"
    assert len(rows(site, Incident)) == 1


def multiplied(site, number):
    """The one case there is, many times over; nothing runs in them."""
    (first,) = rows(site, Case)
    with site.engine.database.write() as session:
        for n in range(number):
            values = {c.name: getattr(first, c.name) for c in Case.__table__.columns}
            values |= {"id": uuid4(), "number": f"BY20260302{n:08d}", "scope": str(n)}
            values["opened_at"] = first.opened_at + timedelta(minutes=n)
            session.add(Case(**values))


def counted(site, ask):
    """How many statements a request runs."""
    seen = []

    def count(*_):
        seen.append(1)

    engine = site.engine.database._readers
    event.listen(engine, "before_cursor_execute", count)
    ask()
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)


def test_the_list_costs_as_many_statements_for_sixty_cases_as_for_one(go_on):
    site, _visitor = go_on("consolidation")
    operator = site.staff("operator")
    address = f"{OPERATIONS}/cases"
    operator.open(address)
    before = counted(site, lambda: operator.open(address))
    multiplied(site, 60)
    assert counted(site, lambda: operator.open(address)) == before
    assert len(operator.page.soup.select("tbody tr")) == 50
    following = operator.page.soup.select_one("a[rel=next]")["href"]
    operator.open(address + following)
    assert len(operator.page.soup.select("tbody tr")) == 11


def listed(page):
    return [link.get_text() for link in page.soup.select("tbody th a")]


def test_the_list_is_filtered_by_what_stands_in_its_fields(go_on):
    site, _visitor = go_on("consolidation")
    multiplied(site, 3)
    number = next(c.number for c in rows(site, Case) if c.scope not in {"0", "1", "2"})
    with site.engine.database.write() as session:
        session.execute(
            update(Case).where(Case.number == "BY2026030200000002").values(place="shinan")
        )
        session.add(
            Incident(
                case_id=next(c.id for c in rows(site, Case) if c.number.endswith("0001")),
                cause="x",
                opened_at=site.clock.now(),
            )
        )
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/cases")
    for fields, expected in (
        ({"number": "0000000"}, {"BY2026030200000000", "BY2026030200000001", "BY2026030200000002"}),
        ({"number": number.lower()}, {number}),
        ({"step": "consolidate_scores"}, {number}),
        ({"place": "shinan"}, {"BY2026030200000002"}),
        ({"incident": "yes"}, {"BY2026030200000001"}),
        ({"status": "finished"}, set()),
        ({"from": "2026-03-03"}, set()),
    ):
        found = listed(
            operator.open(f"{OPERATIONS}/cases?" + "&".join(f"{k}={v}" for k, v in fields.items()))
        )
        assert set(found) == expected, fields
    for fields in (
        "release=1",
        "workflow=graduation_declaration",
        "until=2026-03-02",
        "status=running",
    ):
        assert len(listed(operator.open(f"{OPERATIONS}/cases?{fields}"))) == 4
    wrong = operator.open(f"{OPERATIONS}/cases?from=3月2日")
    assert "日期要写成" in wrong.main


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=2026-03-02~y",
        "release=%C2%B2",
        "until=9999-12-31",
        "step=%00",
        "from=0001-01-01",
    ],
)
def test_an_address_that_somebody_made_up_is_answered_with_a_page(go_on, query):
    site, _visitor = go_on("consolidation")
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/cases?{query}")
    operator.open(f"{OPERATIONS}/incidents?{query}")
    operator.open(f"{OPERATIONS}/cases/{case_of(site).id}?before=x&diagram={query}")


def test_the_diagram_shows_where_the_case_stands_and_leads_into_its_calls(go_on):
    site, _visitor = go_on("certificate review")
    operator = site.staff("operator")
    page = operator.open(f"{OPERATIONS}/cases/{case_of(site).id}")
    opened = page.soup.select(".app-picture__element--open")
    assert "step-review_certificates" in {group["id"] for group in opened}
    outer = operator.open(f"{OPERATIONS}/cases/{case_of(site).id}?diagram=score_review")
    (call,) = outer.soup.select("#step-certificate_review")
    assert "app-picture__element--open" in call["class"]
    assert call.a["href"].endswith("?diagram=certificate_review#diagram")
    finished = {g["id"] for g in outer.soup.select(".app-picture__element--finished")}
    assert "step-match_courses" in finished


def test_what_was_pressed_is_named_as_on_its_button(go_on):
    site, _visitor = go_on("consolidation")
    page = site.staff("operator").open(f"{OPERATIONS}/cases/{case_of(site).id}")
    sent = page.soup.find("th", string="输入短信验证码").find_parent("tr")
    assert "提交 ·" in sent.get_text(" ", strip=True)


def test_the_pages_speak_english(go_on):
    site, _visitor = go_on("certificate review")
    dead_job(site, case_of(site).id)
    operator = site.staff("operator")
    operator.open(f"{OPERATIONS}/?lang=en")
    left = set(demo.STAFF[9].name) | set(person("S5").name) | set("中文支付平台没有回答")
    for path in ("/", "/cases", f"/cases/{case_of(site).id}", "/incidents", "/jobs"):
        text = operator.open(OPERATIONS + path).soup.main.get_text(" ")
        assert {c for c in text if "\u4e00" <= c <= "\u9fff"} - left == set(), path
