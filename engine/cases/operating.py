"""What an operator does to a case: suspend, resume, try again, look at what is personal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import jobs
from engine.cases import values
from engine.cases.access import require_operator
from engine.cases.events import record
from engine.cases.house import House
from engine.cases.locking import locked_case
from engine.cases.models import Answer, Case, CaseStatus, Incident
from engine.cases.reasons import reason_in
from engine.errors import Conflict
from engine.i18n import gettext as _
from engine.jobs import Job, JobState
from engine.people import Person
from engine.people.models import Account


@dataclass(frozen=True, slots=True)
class Retried:
    """What was set going again: dead jobs that are due once more, timers that have fired."""

    jobs: int
    timers: int

    def __bool__(self) -> bool:
        return bool(self.jobs or self.timers)


@dataclass(frozen=True, slots=True)
class Shown:
    """The personal data of one case, for the one page whose reason has just been recorded."""

    owner: Account
    answers: Mapping[UUID, Mapping[str, Any]]
    """What each answer says, by its id."""


def suspend(house: House, session: Session, person: Person, case_id: UUID, reason: str) -> None:
    """Let the case stand still: no posts, no messages, no timers, until it is resumed."""
    require_operator(person)
    said = reason_in(reason)
    case = locked_case(session, case_id)
    if case.status != CaseStatus.RUNNING:
        raise Conflict(_("这件申报已经暂停或已经结束。"))
    _set_status(case, CaseStatus.SUSPENDED, house.clock.now())
    record(
        session,
        case,
        "case suspended",
        at=house.clock.now(),
        actor_id=person.account_id,
        reason=said,
    )


def resume(house: House, session: Session, person: Person, case_id: UUID, reason: str) -> None:
    """Let the case go on. What came meanwhile happens now, in the order in which it came: timers
    each at its own due time, messages behind what was due before them."""
    require_operator(person)
    said = reason_in(reason)
    case = locked_case(session, case_id)
    if not case.is_suspended:
        raise Conflict(_("这件申报没有暂停。"))
    running = house.running(session, case, person.account_id)
    _set_status(case, CaseStatus.RUNNING, running.now)
    running.record("case resumed", reason=said)
    running.resume()
    running.catch_up()
    running.save()


def retry_case(house: House, session: Session, person: Person, case_id: UUID) -> Retried:
    """Give the dead jobs of the case all their tries again, and fire what is due."""
    require_operator(person)
    case = locked_case(session, case_id)
    running = house.running(session, case, person.account_id)
    fired = 0
    if case.status == CaseStatus.RUNNING:
        running.resume()
        fired = running.process.fire_timers()
        if fired:
            running.save()
    dead = _dead_jobs(session, case_id)
    for job in dead:
        jobs.retry(session, job, now=running.now)
    done = Retried(len(dead), fired)
    if not done:
        raise Conflict(_("没有可以重试的任务，也没有到期的定时。"))
    running.record("case retried", jobs=done.jobs, timers=done.timers)
    _close_incidents_of(session, dead, person, running.now)
    return done


def show_personal(
    house: House, session: Session, person: Person, case_id: UUID, reason: str
) -> Shown:
    """Record why, then hand out what the case's forms said and who its owner is."""
    require_operator(person)
    said = reason_in(reason)
    case = locked_case(session, case_id)
    record(
        session,
        case,
        "personal data shown",
        at=house.clock.now(),
        actor_id=person.account_id,
        reason=said,
    )
    answers = session.scalars(
        select(Answer).where(Answer.case_id == case_id).order_by(Answer.given_at, Answer.id)
    ).all()
    owner = session.get_one(Account, case.owner_id)
    return Shown(owner, {answer.id: values.loads(answer.values) or {} for answer in answers})


def _set_status(case: Case, status: CaseStatus, now: datetime) -> None:
    case.status, case.changed_at = status, now
    case.version += 1


def _dead_jobs(session: Session, case_id: UUID) -> Sequence[Job]:
    return session.scalars(
        select(Job)
        .where(Job.case_id == case_id, Job.state == JobState.DEAD)
        .order_by(Job.run_at, Job.id)
        .with_for_update()
    ).all()


def _close_incidents_of(
    session: Session, dead: Sequence[Job], person: Person, now: datetime
) -> None:
    """Settle what a job's death opened; a job that dies again opens another."""
    for incident in session.scalars(
        select(Incident)
        .where(Incident.job_id.in_([job.id for job in dead]), Incident.resolved_at.is_(None))
        .order_by(Incident.id)
        .with_for_update()
    ):
        incident.settle(person.account_id, now, None)
