"""Write jobs and take them off again, always in the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from engine.jobs.carriers import carry
from engine.jobs.models import Job, JobState

RUNNING = "running_job"
"""Where the closing transaction of a job keeps its id, so that it does not cancel itself."""


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
    run_at: datetime | None = None,
    key: str | None = None,
    case_id: UUID | None = None,
) -> Job:
    """Write a job that runs at `run_at`, or as soon as the session commits.

    A key names the work: the same key again returns the row that is there, and makes it ready once
    more only if it had been cancelled.
    """
    job = Job(
        kind=kind,
        payload=dict(payload),
        key=key,
        state=JobState.READY,
        run_at=run_at or now,
        attempts=0,
        case_id=case_id,
        created_at=now,
    )
    found = _existing(session, job)
    if found and found.state != JobState.CANCELLED:
        return found
    if found:
        job = _renewed(found, job)
    session.flush()
    carry(session, job)
    return job


def cancel(session: Session, key: str) -> bool:
    """Take a job that has not finished off the ledger; return whether there was one."""
    cancelled = session.scalars(
        update(Job)
        .where(
            Job.key == key,
            Job.state == JobState.READY,
            Job.id != session.info.get(RUNNING),
        )
        .values(state=JobState.CANCELLED)
        .returning(Job.id)
    ).all()
    return bool(cancelled)


def retry(session: Session, job: Job, *, now: datetime) -> None:
    """Give a dead job all its tries again, beginning now."""
    if job.state != JobState.DEAD:
        return
    _make_ready(job, now)
    session.flush()
    carry(session, job)


def find(session: Session, key: str) -> Job | None:
    return session.scalar(
        select(Job).where(Job.key == key).execution_options(populate_existing=True)
    )


def purge(session: Session, *, before: datetime, limit: int = 5000) -> int:
    """Forget jobs that were done or cancelled before a date, a portion at a time."""
    ended = func.coalesce(Job.done_at, Job.run_at)
    over = (
        select(Job.id)
        .where(Job.state.in_([JobState.DONE, JobState.CANCELLED]), ended < before)
        .order_by(ended, Job.id)
        .limit(limit)
    )
    ids = session.scalars(over).all()
    session.execute(delete(Job).where(Job.id.in_(ids)))
    return len(ids)


def _existing(session: Session, job: Job) -> Job | None:
    """Add the job, or return the one that has its key already."""
    if job.key is None:
        session.add(job)
        return None
    found = find(session, job.key)
    if found:
        return found
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Another transaction has written the same key since we looked, and has committed.
        found = find(session, job.key)
        if found is None:
            raise
    return found


def _renewed(cancelled: Job, wanted: Job) -> Job:
    cancelled.kind, cancelled.payload = wanted.kind, wanted.payload
    cancelled.case_id = wanted.case_id
    _make_ready(cancelled, wanted.run_at)
    return cancelled


def _make_ready(job: Job, run_at: datetime) -> None:
    job.state, job.run_at, job.attempts = JobState.READY, run_at, 0
    job.lease_until = job.error = job.done_at = None
