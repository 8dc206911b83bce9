"""A worker to be killed: it carries jobs of one database until somebody ends it."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from engine.clock import Clock, SystemClock
from engine.db import Database
from engine.jobs import Handler, JobRun, Worker, enqueue


def worker_for(database: Database, provider: Path, clock: Clock) -> Worker:
    """A worker whose provider is a folder, and whose closings each write one more job."""

    def run(job: JobRun) -> Callable[[Session], None]:
        (provider / str(job.id)).touch()
        return lambda session: _follow(session, job)

    return Worker(database, {"note": Handler(run, lease=timedelta(seconds=2))}, clock)


def _follow(session: Session, job: JobRun) -> None:
    enqueue(session, "follow", {"of": str(job.id)}, now=job.now)


if __name__ == "__main__":
    chaos = worker_for(Database(sys.argv[1]), Path(sys.argv[2]), SystemClock())
    print("ready", flush=True)  # noqa: T201 -- the test waits for it
    while True:
        chaos.run_due()
