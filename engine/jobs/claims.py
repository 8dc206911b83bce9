"""A worker's hold on a job: taken with a lease, and good only until somebody else takes it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from engine.jobs.handlers import Handler, JobRun
from engine.jobs.models import Job, JobState


@dataclass(frozen=True, slots=True)
class Claim:
    """The fence: a late worker no longer finds the job under its number of tries and its lease."""

    run: JobRun
    lease_until: datetime

    @property
    def holds(self) -> tuple[ColumnElement[bool], ...]:
        return (
            Job.id == self.run.id,
            Job.state == JobState.READY,
            Job.attempts == self.run.attempts,
            Job.lease_until == self.lease_until,
        )


def next_due(
    session: Session, kinds: Collection[str], now: datetime, job_id: UUID | None = None
) -> Job | None:
    """Return the job that has been due longest and that nobody works on; look without a lock."""
    query = select(Job).where(Job.kind.in_(kinds), *_free(now))
    if job_id:
        query = query.where(Job.id == job_id)
    job = session.scalar(query.order_by(Job.run_at, Job.created_at, Job.id).limit(1))
    if job:
        session.expunge(job)  # It outlives the transaction in which it was looked at.
    return job


def take(
    session: Session, job: Job, handlers: Mapping[str, Handler], now: datetime
) -> Claim | None:
    """Lease the job, unless another worker was faster."""
    until = now + handlers[job.kind].lease
    tried = job.attempts + 1
    taken = session.scalars(
        update(Job)
        .where(Job.id == job.id, Job.attempts == job.attempts, *_free(now))
        .values(attempts=tried, lease_until=until)
        .returning(Job.id)
    ).all()
    if not taken:
        return None
    run = JobRun(job.id, job.kind, job.payload, tried, max(now, job.run_at), job.case_id)
    return Claim(run, until)


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Job.state == JobState.READY,
        Job.run_at <= now,
        or_(Job.lease_until.is_(None), Job.lease_until <= now),
    )
