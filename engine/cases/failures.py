"""When a command fails because of us, what was typed is kept and an operator is told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bpmn import ElementFailed
from engine.cases.models import CatchEvent, Incident
from engine.cases.projections import FIRE_TIMERS
from engine.jobs import Job


def open_incident(
    session: Session,
    *,
    case_id: UUID | None,
    cause: BaseException,
    now: datetime,
    job_id: UUID | None = None,
) -> Incident:
    """Record what went wrong, by kind and place; never with what anybody typed."""
    failed = cause if isinstance(cause, ElementFailed) else None
    root = failed.cause if failed else cause
    incident = Incident(
        case_id=case_id,
        element=failed.element if failed else None,
        job_id=job_id,
        cause=f"{type(root).__module__}.{type(root).__qualname__}",
        opened_at=now,
    )
    session.add(incident)
    return incident


def open_job_incident(session: Session, job: Job, now: datetime) -> Incident:
    """Record that a job was given up; its error is kept with the job."""
    incident = Incident(
        case_id=job.case_id,
        element=_overdue(session, job.case_id, now) if job.kind == FIRE_TIMERS else None,
        job_id=job.id,
        cause=f"job {job.kind}: {job.error or ''}"[:500],
        opened_at=now,
    )
    session.add(incident)
    return incident


def _overdue(session: Session, case_id: UUID | None, now: datetime) -> str | None:
    """Return the element whose timer the job could not fire."""
    return session.scalar(
        select(CatchEvent.element)
        .where(CatchEvent.case_id == case_id, CatchEvent.due_at <= now)
        .order_by(CatchEvent.due_at, CatchEvent.id)
        .limit(1)
    )
