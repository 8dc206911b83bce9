"""Every night: forget what nobody needs any more, and remove contents that no row speaks of.

Each night plans the next, under a key that holds the date, so that there is never more than one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from engine.clock import SHANGHAI, local
from engine.db import Database
from engine.files import FileStore, sweep_orphans
from engine.jobs import Handler, Job, JobRun, enqueue
from engine.people import purging

KIND = "housekeeping"
AT = time(4)
"""After the comparison of payments at three, when hardly anybody is awake."""
LEASE = timedelta(minutes=30)
"""A first night after years has much to do."""


def begin(session: Session, now: datetime) -> None:
    """See to it that next night has its job; each job plans the one after it."""
    today = local(now)
    plan(session, today.date() + timedelta(days=today.time() >= AT), now)


def plan(session: Session, night: date, now: datetime) -> None:
    enqueue(
        session,
        KIND,
        {"night": night.isoformat()},
        now=now,
        run_at=datetime.combine(night, AT, SHANGHAI),
        key=f"{KIND}:{night}",
    )


def handlers(database: Database, files: FileStore) -> Mapping[str, Handler]:
    """Return the handler of the nightly job; a night that fails does not end the row of nights."""
    work = _Work(database, files)
    return {KIND: Handler(run=work.run, lease=LEASE, on_dead=_plan_after_failure)}


@dataclass(frozen=True, slots=True)
class _Work:
    database: Database
    files: FileStore

    def run(self, job: JobRun) -> Callable[[Session], None]:
        while self._purge(job.now):
            pass
        sweep_orphans(self.database, self.files, now=job.now)
        return lambda session: begin(session, job.now)

    def _purge(self, now: datetime) -> bool:
        with self.database.write() as session:
            return purging.purge(session, now)


def _plan_after_failure(session: Session, job: Job) -> None:
    begin(session, max(job.run_at, job.created_at))
