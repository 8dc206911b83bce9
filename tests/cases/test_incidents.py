"""An incident is taken, tried again and settled; every act of it is written down."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import jobs
from engine.cases import failures
from engine.cases.events import first_broken_line
from engine.cases.models import Case, Event, Incident, OperatorAct
from engine.errors import Conflict, Invalid, NotFound
from engine.jobs import GiveUp, Handler, Job, JobState, Worker
from engine.people import Role


@pytest.fixture
def world(world):
    world.operator = world._staff("yun.wei", Role.OPERATOR)
    world.second = world._staff("yun.wei.2", Role.OPERATOR)
    world.auditor = world._staff("shen.ji", Role.AUDITOR)
    return world


@pytest.fixture(params=["with a case", "without a case"])
def case_id(request, world):
    return world.start() if request.param == "with a case" else None


def no_run(job):
    raise GiveUp("号码簿不在")


def dead_job(world, case_id):
    """A job that was given up, as the worker leaves it, with its incident."""

    def told(session, job):
        failures.open_job_incident(session, job, world.clock.now())

    with world.database.write() as session:
        job = jobs.enqueue(session, "test.call", {}, now=world.clock.now(), case_id=case_id)
    Worker(world.database, {"test.call": Handler(no_run, on_dead=told)}, world.clock).run_due()
    return job.id


def incident(world, **at):
    with world.database.read() as session:
        return session.scalars(select(Incident).filter_by(**at)).one()


def command(world, name, person, *arguments, **more):
    with world.database.write() as session:
        return getattr(world.cases, name)(session, person, *arguments, **more)


def written_down(world, case_id):
    """Kinds of what operators did, from the audit of the case or from the table beside it."""
    with world.database.read() as session:
        if case_id is None:
            lines = session.scalars(select(OperatorAct).order_by(OperatorAct.at, OperatorAct.id))
        else:
            lines = session.scalars(
                select(Event)
                .where(Event.case_id == case_id, Event.actor_id != world.candidate.account_id)
                .order_by(Event.number)
            )
            assert first_broken_line(session, session.get_one(Case, case_id)) is None
        return [(line.kind, line.actor_id) for line in lines]


def test_a_dead_job_is_taken_and_retried_and_its_incident_is_gone(world, case_id):
    job_id = dead_job(world, case_id)
    opened = incident(world)
    assert opened.cause.startswith("job test.call: GiveUp: 号码簿不在")
    command(world, "take_incident", world.operator, opened.id)
    world.clock.advance(seconds=1)
    command(world, "retry_incident", world.operator, opened.id)
    settled = incident(world)
    assert (settled.taken_by, settled.resolved_by) == (world.operator.account_id,) * 2
    with world.database.read() as session:
        job = session.get_one(Job, job_id)
    assert (job.state, job.attempts, job.error) == (JobState.READY, 0, None)
    me = world.operator.account_id
    assert written_down(world, case_id) == [("incident taken", me), ("job retried", me)]


def test_a_job_that_dies_again_opens_an_incident_again(world, case_id):
    job_id = dead_job(world, case_id)
    command(world, "retry_job", world.operator, job_id)
    assert incident(world).resolved_at is not None
    world.clock.advance(minutes=1)
    Worker(
        world.database,
        {
            "test.call": Handler(
                no_run,
                on_dead=lambda s, job: failures.open_job_incident(s, job, world.clock.now()),
            )
        },
        world.clock,
    ).run_due()
    assert incident(world, resolved_at=None).job_id == job_id


def test_a_job_that_is_not_dead_is_not_retried(world, case_id):
    job_id = dead_job(world, case_id)
    command(world, "retry_job", world.operator, job_id)
    with pytest.raises(Conflict):
        command(world, "retry_job", world.operator, job_id)
    with pytest.raises(NotFound):
        command(world, "retry_job", world.operator, uuid4())


def test_what_one_operator_took_another_takes_over_knowingly(world, case_id):
    dead_job(world, case_id)
    opened = incident(world)
    command(world, "take_incident", world.operator, opened.id)
    for act in ("take_incident", "retry_incident"):
        with pytest.raises(Conflict):
            command(world, act, world.second, opened.id)
    with pytest.raises(Conflict):
        command(world, "retry_job", world.second, opened.job_id)
    holder = world.operator.account_id
    command(world, "take_incident", world.second, opened.id, instead_of=holder)
    assert incident(world).taken_by == world.second.account_id
    command(world, "resolve_incident", world.second, opened.id, "号码簿已更换")
    assert incident(world).note == "号码簿已更换"
    with pytest.raises(Conflict):
        command(world, "resolve_incident", world.second, opened.id, "再来一次")


def test_settling_wants_a_word_about_what_was_done(world, case_id):
    dead_job(world, case_id)
    with pytest.raises(Invalid) as wrong:
        command(world, "resolve_incident", world.operator, incident(world).id, " ")
    assert set(wrong.value.errors) == {"note"}
    assert incident(world).resolved_at is None


def test_a_failed_post_leaves_nothing_to_retry(world):
    """Nobody but the person themselves sends what they typed."""
    case_id = world.start()
    with world.database.write() as session:
        world.cases.report(session, case_id, LookupError("x"))
    with pytest.raises(Conflict, match="重新提交"):
        command(world, "retry_incident", world.operator, incident(world).id)
    assert incident(world).resolved_at is None


@pytest.mark.parametrize("who", ["auditor", "reviewer", "candidate"])
def test_nobody_but_an_operator_acts_on_incidents(world, who):
    job_id = dead_job(world, world.start())
    opened, person = incident(world), getattr(world, who)
    for name, *arguments in (
        ("take_incident", opened.id),
        ("retry_incident", opened.id),
        ("resolve_incident", opened.id, "好了"),
        ("retry_job", job_id),
    ):
        with pytest.raises(NotFound):
            command(world, name, person, *arguments)
    assert incident(world).taken_by is None
