"""Short ways to write jobs and to look at them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.db import Database
from engine.jobs import Handler, Job, JobRun, Worker, enqueue

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def write(database: Database, kind: str = "note", **options: Any) -> Job:
    """Enqueue one job in a transaction of its own."""
    payload = options.pop("payload", {})
    options.setdefault("now", NOW)
    with database.write() as session:
        return enqueue(session, kind, payload, **options)


def jobs(database: Database) -> list[Job]:
    """Every row of the ledger, oldest first."""
    with database.read() as session:
        rows = list(session.scalars(select(Job).order_by(Job.created_at, Job.run_at, Job.id)))
        session.expunge_all()
    return rows


def the_job(database: Database) -> Job:
    (job,) = jobs(database)
    return job


def noting(notes: list[Any], closing: Callable[[Session], None] | None = None) -> Handler:
    """A handler that remembers what it was given."""

    def run(job: JobRun) -> Callable[[Session], None] | None:
        notes.append(job)
        return closing

    return Handler(run)


def worker_of(database: Database, clock: Any, **handlers: Handler) -> Worker:
    return Worker(database, handlers, clock)
