"""Lists of what went wrong: incidents that nobody has settled, jobs that were given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.cases.models import Case, Incident, OperatorAct
from engine.cases.paging import Page, Position
from engine.jobs import Job, JobState

PAGE = 50
NEWEST_ACTS = 20


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with its case, if it has one, and its job, if that is still there. `times` is
    how often the same job has been given up."""

    incident: Incident
    case: Case | None
    job: Job | None
    times: int


@dataclass(frozen=True, slots=True)
class DeadJob:
    job: Job
    case: Case | None
    incident: Incident | None


def incidents_page(
    session: Session, after: Position | None = None, *, settled: bool = False, size: int = PAGE
) -> Page[IncidentRow]:
    """Incidents that wait, the oldest first; or those that are settled, the newest first."""
    at, name = Incident.opened_at, Incident.id
    statement = (
        select(Incident, Case, Job)
        .outerjoin(Case, Case.id == Incident.case_id)
        .outerjoin(Job, Job.id == Incident.job_id)
        .limit(size + 1)
    )
    if settled:
        statement = statement.where(Incident.resolved_at.is_not(None), _before(at, name, after))
        statement = statement.order_by(at.desc(), name.desc())
    else:
        statement = statement.where(Incident.resolved_at.is_(None), _behind(at, name, after))
        statement = statement.order_by(at, name)
    found = list(session.execute(statement))
    shown = found[:size]
    times = _times(session, [incident.job_id for incident, _case, _job in shown])
    rows = [IncidentRow(i, case, job, times.get(i.job_id, 1)) for i, case, job in shown]
    last = shown[-1][0] if len(found) > size else None
    return Page(rows, Position(last.opened_at, last.id) if last else None)


def dead_jobs_page(
    session: Session, after: Position | None = None, *, size: int = PAGE
) -> Page[DeadJob]:
    """Jobs that were given up, the longest ago first."""
    statement = (
        select(Job, Case)
        .outerjoin(Case, Case.id == Job.case_id)
        .where(Job.state == JobState.DEAD, _behind(Job.run_at, Job.id, after))
        .order_by(Job.run_at, Job.id)
        .limit(size + 1)
    )
    found = list(session.execute(statement))
    shown = found[:size]
    opened = _open_of(session, [job.id for job, _case in shown])
    rows = [DeadJob(job, case, opened.get(job.id)) for job, case in shown]
    last = shown[-1][0] if len(found) > size else None
    return Page(rows, Position(last.run_at, last.id) if last else None)


def newest_acts(session: Session) -> Sequence[OperatorAct]:
    """What operators did of late that belongs to no case."""
    return session.scalars(
        select(OperatorAct).order_by(OperatorAct.at.desc(), OperatorAct.id).limit(NEWEST_ACTS)
    ).all()


def _behind(
    at: InstrumentedAttribute[datetime], name: InstrumentedAttribute[UUID], after: Position | None
) -> ColumnElement[bool]:
    """What comes later than a position, everything when there is none."""
    if after is None:
        return true()
    return or_(at > after.at, and_(at == after.at, name > after.id))


def _before(
    at: InstrumentedAttribute[datetime], name: InstrumentedAttribute[UUID], after: Position | None
) -> ColumnElement[bool]:
    if after is None:
        return true()
    return or_(at < after.at, and_(at == after.at, name < after.id))


def _times(session: Session, job_ids: Sequence[UUID | None]) -> Mapping[UUID | None, int]:
    named = [job_id for job_id in job_ids if job_id]
    counts = session.execute(
        select(Incident.job_id, func.count())
        .where(Incident.job_id.in_(named))
        .group_by(Incident.job_id)
    )
    return {job_id: count for job_id, count in counts}  # noqa: C416 -- a result is no mapping


def _open_of(session: Session, job_ids: Sequence[UUID]) -> Mapping[UUID | None, Incident]:
    found = session.scalars(
        select(Incident)
        .where(Incident.job_id.in_(job_ids), Incident.resolved_at.is_(None))
        .order_by(Incident.opened_at.desc(), Incident.id)
    )
    return {incident.job_id: incident for incident in found}
