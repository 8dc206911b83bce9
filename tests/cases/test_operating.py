"""A case that an operator stops stands still, and goes on as the time has brought it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from engine.cases import queries
from engine.cases.events import first_broken_line
from engine.cases.models import Case, CatchEvent, Event, InboxMessage
from engine.errors import Conflict, Invalid, NotFound
from engine.jobs import Job, JobState
from engine.people import Role
from tests.bpmn import drawing as draw
from tests.cases.world import form, text

LETTER = draw.model(
    "request",
    draw.start(),
    draw.first_of("what_comes"),
    draw.catch("answered", draw.message("answer")),
    draw.catch("silent", draw.timer("timeDuration", "PT1H")),
    draw.user("read"),
    draw.user("chase"),
    draw.boundary("too_long", "chase", draw.timer("timeDuration", "PT2H")),
    draw.user("decide"),
    draw.end(),
    draw.end("given_up"),
    flows="""
    begin > what_comes
    what_comes > answered
    what_comes > silent
    answered > read
    silent > chase
    read > decide
    decide > done
    chase > done
    too_long > given_up
    """,
    lanes={"candidate": "read chase", "certificate_reviewer": "decide"},
    messages=["answer"],
)
MODELS = {"workflows/request.bpmn": LETTER}
FORMS = {
    "forms/read.form": form("read", "next", fields=(text("mark"),)),
    "forms/chase.form": form("chase", "next"),
    "forms/decide.form": form("decide", "next"),
}
REASON = "与考籍科核对"


@pytest.fixture
def world(make_world):
    world = make_world(models=MODELS, forms=FORMS)
    world.operator = world._staff("yun.wei", Role.OPERATOR)
    world.auditor = world._staff("shen.ji", Role.AUDITOR)
    return world


def suspend(world, case_id, person=None, reason=REASON):
    with world.database.write() as session:
        world.cases.suspend(session, person or world.operator, case_id, reason)


def resume(world, case_id, reason=REASON):
    with world.database.write() as session:
        world.cases.resume(session, world.operator, case_id, reason)


def answer(world, case_id):
    with world.database.write() as session:
        world.cases.deliver(session, case_id, "answer", {"by": "post"})


def fire(world, case_id):
    with world.database.write() as session:
        return world.cases.fire_timers(session, case_id)


def rows(world, table):
    with world.database.read() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def steps(world, case_id):
    """Every finished step, and the moment at which it was taken."""
    with world.database.read() as session:
        lines = queries.timeline(session, case_id)
    return {
        line.element: datetime.fromisoformat(line.detail.get("due", line.at.isoformat()))
        for line in lines
        if line.kind == "step finished"
    }


def read_in_hand(world):
    """A case that waits for its owner to read an answer."""
    case_id = world.start()
    answer(world, case_id)
    return case_id


def test_a_suspended_case_takes_no_post_and_keeps_no_answer(world):
    case_id = read_in_hand(world)
    item = world.open(case_id)["read"]
    prepared = world.prepare(world.candidate, item, "next", mark="1")
    suspend(world, case_id)
    with pytest.raises(Conflict, match="已暂停"), world.database.write() as session:
        world.cases.complete(session, prepared)
    assert list(world.open(case_id)) == ["read"]
    resume(world, case_id)
    with world.database.write() as session:
        world.cases.complete(session, prepared)
    assert list(world.open(case_id)) == ["decide"]


def test_a_suspended_case_waits_in_no_queue_and_cannot_be_claimed(world):
    case_id = read_in_hand(world)
    world.post(world.candidate, world.open(case_id)["read"], "next", mark="1")
    item = world.open(case_id)["decide"]
    suspend(world, case_id)
    with world.database.read() as session:
        assert queries.queue_of(session, world.reviewer) == []
    with pytest.raises(Conflict, match="已暂停"):
        world.claim(world.reviewer, item)
    resume(world, case_id)
    world.claim(world.reviewer, item)


def test_a_claim_on_a_suspended_case_can_be_given_back(world):
    case_id = read_in_hand(world)
    world.post(world.candidate, world.open(case_id)["read"], "next", mark="1")
    item = world.open(case_id)["decide"]
    world.claim(world.reviewer, item)
    suspend(world, case_id)
    with world.database.write() as session:
        world.cases.release(session, world.reviewer, item.id)
    assert world.open(case_id)["decide"].claimed_by is None


def test_a_message_to_a_suspended_case_waits_in_its_inbox(world):
    case_id = world.start()
    suspend(world, case_id)
    answer(world, case_id)
    assert world.open(case_id) == {}
    assert world.case(case_id).inbox_count == 1
    resume(world, case_id)
    assert list(world.open(case_id)) == ["read"]
    (message,) = rows(world, InboxMessage)
    assert message.caught_at == world.clock.now()
    assert world.case(case_id).inbox_count == 0


def test_timers_of_a_suspended_case_fire_on_resume_each_at_its_own_due_time(world):
    began = world.clock.now()
    case_id = world.start()
    suspend(world, case_id)
    world.clock.advance(hours=5)
    assert fire(world, case_id) == 0
    assert {row.element for row in rows(world, CatchEvent)} == {"answered", "silent"}
    resume(world, case_id)
    taken = steps(world, case_id)
    assert taken["silent"] == began + timedelta(hours=1)
    assert taken["too_long"] == began + timedelta(hours=3)
    assert world.case(case_id).ended_through == "given_up"


@pytest.mark.parametrize(
    ("minutes", "is_in_time"), [(30, True), (59, True), (60, False), (90, False)]
)
def test_what_came_first_happens_first_when_the_case_goes_on(world, minutes, is_in_time):
    case_id = world.start()
    suspend(world, case_id)
    world.clock.advance(minutes=minutes)
    answer(world, case_id)
    world.clock.advance(minutes=100 - minutes)
    resume(world, case_id)
    assert list(world.open(case_id)) == (["read"] if is_in_time else ["chase"])
    assert world.case(case_id).inbox_count == (0 if is_in_time else 1)


def test_a_message_that_nobody_waits_for_lets_no_later_one_go_before_a_timer(world):
    case_id = world.start()
    suspend(world, case_id)
    world.clock.advance(minutes=10)
    with world.database.write() as session:
        world.cases.deliver(session, case_id, "other", {})
    world.clock.advance(minutes=80)
    answer(world, case_id)
    world.clock.advance(minutes=10)
    resume(world, case_id)
    assert list(world.open(case_id)) == ["chase"]
    assert world.case(case_id).inbox_count == 2


def test_who_suspended_and_resumed_is_in_the_audit_with_the_reason(world):
    case_id = world.start()
    suspend(world, case_id, reason="  等 考籍科\n回复 ")
    resume(world, case_id, reason="已核对")
    with world.database.read() as session:
        lines = [e for e in queries.timeline(session, case_id) if e.kind.startswith("case ")]
        assert first_broken_line(session, session.get_one(Case, case_id)) is None
    assert [(e.kind, e.detail.get("reason")) for e in lines[1:]] == [
        ("case suspended", "等 考籍科 回复"),
        ("case resumed", "已核对"),
    ]
    assert {e.actor_id for e in lines[1:]} == {world.operator.account_id}


def test_a_case_is_suspended_once_and_resumed_once(world):
    case_id = world.start()
    with pytest.raises(Conflict):
        resume(world, case_id)
    suspend(world, case_id)
    with pytest.raises(Conflict):
        suspend(world, case_id)


@pytest.mark.parametrize(
    "reason", ["", " 一 ", "长" * 201, "考生手机13900000001", "370200199003159814"]
)
def test_a_reason_is_asked_for_and_holds_nothing_personal(world, reason):
    case_id = world.start()
    with pytest.raises(Invalid) as wrong:
        suspend(world, case_id, reason=reason)
    assert set(wrong.value.errors) == {"reason"}
    assert world.case(case_id).status == "running"


@pytest.mark.parametrize("who", ["auditor", "reviewer", "candidate"])
def test_nobody_but_an_operator_acts_on_a_case(world, who):
    case_id, person, cases = world.start(), getattr(world, who), world.cases
    for command in (cases.suspend, cases.resume, cases.show_personal):
        with pytest.raises(NotFound), world.database.write() as session:
            command(session, person, case_id, REASON)
    with pytest.raises(NotFound), world.database.write() as session:
        cases.retry_case(session, person, case_id)


def test_personal_data_is_handed_out_with_a_reason_that_stays(world):
    case_id = read_in_hand(world)
    world.post(world.candidate, world.open(case_id)["read"], "next", mark="私事")
    with world.database.write() as session:
        shown = world.cases.show_personal(session, world.operator, case_id, REASON)
        assert shown.owner.name == "测试甲"
    assert [values["mark"] for values in shown.answers.values()] == ["私事"]
    with world.database.read() as session:
        (line,) = session.scalars(select(Event).where(Event.kind == "personal data shown")).all()
    assert (line.actor_id, line.detail) == (world.operator.account_id, {"reason": REASON})


def test_a_retry_fires_what_is_due_and_wakes_dead_jobs(world):
    case_id = world.start()
    with world.database.write() as session:
        (job,) = session.scalars(select(Job)).all()
        job.state = JobState.DEAD
    world.clock.advance(hours=2)
    with world.database.write() as session:
        done = world.cases.retry_case(session, world.operator, case_id)
    assert (done.jobs, done.timers) == (1, 1)
    assert list(world.open(case_id)) == ["chase"]
    assert {job.state for job in rows(world, Job)} == {JobState.READY}
    assert "case retried" in world.timeline(case_id)
    with pytest.raises(Conflict), world.database.write() as session:
        world.cases.retry_case(session, world.operator, case_id)
