"""What operators see first: how many cases stand where, and what does not go on by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.cases.models import Case, CaseStatus, CatchEvent, Incident, WorkItem
from engine.jobs import Job, JobState
from engine.people import Role

UNTOUCHED = timedelta(seconds=60)
"""How long a job may be due before we suspect that no worker runs."""


@dataclass(frozen=True, slots=True)
class StepCount:
    """The open work items of one step."""

    workflow: str
    element: str
    name: str
    name_en: str | None
    role: str
    count: int
    late: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """Some things that want looking after: how many, and since when the oldest of them does."""

    count: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """`waiting` are open cases in which nobody has a work item: they wait for a time or a
    message."""

    running: int
    suspended: int
    waiting: int
    steps: Sequence[StepCount]
    incidents: Trouble
    untaken: int
    dead_jobs: Trouble
    untouched_jobs: Trouble
    due_timers: Trouble
    unclaimed: Trouble


def overview(session: Session, now: datetime) -> Overview:
    """Count; how much there is does not change how many statements that takes."""
    counts = session.execute(
        select(Case.status, func.count())
        .where(Case.status.in_([CaseStatus.RUNNING, CaseStatus.SUSPENDED]))
        .group_by(Case.status)
    )
    by_status = {status: count for status, count in counts}  # noqa: C416 -- a result is no mapping
    unresolved = Incident.resolved_at.is_(None)
    return Overview(
        running=by_status.get(CaseStatus.RUNNING, 0),
        suspended=by_status.get(CaseStatus.SUSPENDED, 0),
        waiting=_waiting(session),
        steps=_steps(session, now),
        incidents=_trouble(session, Incident.opened_at, unresolved),
        untaken=_trouble(
            session, Incident.opened_at, unresolved, Incident.taken_by.is_(None)
        ).count,
        dead_jobs=_trouble(session, Job.run_at, Job.state == JobState.DEAD),
        untouched_jobs=_trouble(
            session,
            Job.run_at,
            Job.state == JobState.READY,
            Job.run_at <= now - UNTOUCHED,
            or_(Job.lease_until.is_(None), Job.lease_until <= now),
        ),
        due_timers=_trouble(
            session, CatchEvent.due_at, CatchEvent.due_at <= now, _runs(CatchEvent)
        ),
        unclaimed=_trouble(
            session,
            WorkItem.opened_at,
            WorkItem.closed_at.is_(None),
            WorkItem.role != Role.CANDIDATE,
            or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_until <= now),
            _runs(WorkItem),
        ),
    )


def _waiting(session: Session) -> int:
    has_item = exists().where(WorkItem.case_id == Case.id, WorkItem.closed_at.is_(None))
    return (
        session.scalar(select(func.count()).where(Case.status == CaseStatus.RUNNING, ~has_item))
        or 0
    )


def _steps(session: Session, now: datetime) -> list[StepCount]:
    is_late = and_(WorkItem.due_at.is_not(None), WorkItem.due_at < now)
    rows = session.execute(
        select(
            Case.workflow,
            WorkItem.element,
            func.max(WorkItem.name),
            func.max(WorkItem.name_en),
            func.max(WorkItem.role),
            func.count(),
            func.count().filter(is_late),
            func.min(WorkItem.opened_at),
        )
        .join(WorkItem.case)
        .where(WorkItem.closed_at.is_(None))
        .group_by(Case.workflow, WorkItem.element)
        .order_by(Case.workflow, func.count().desc(), WorkItem.element)
    )
    return [StepCount(*row) for row in rows]


def _trouble(
    session: Session,
    since: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    *conditions: ColumnElement[bool],
) -> Trouble:
    count, oldest = session.execute(select(func.count(), func.min(since)).where(*conditions)).one()
    return Trouble(count, oldest)


def _runs(table: type[CatchEvent | WorkItem]) -> ColumnElement[bool]:
    """Leave out what stands still on purpose."""
    return exists().where(Case.id == table.case_id, Case.status == CaseStatus.RUNNING)
