"""Run jobs: claim with a lease, work outside any transaction, close under the fence."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from engine.clock import Clock
from engine.db import Database
from engine.jobs import claims
from engine.jobs.carriers import attach, carry, detach
from engine.jobs.claims import Claim
from engine.jobs.handlers import Closing, GiveUp, Handler
from engine.jobs.ledger import RUNNING
from engine.jobs.models import Job, JobState
from engine.jobs.rules import delay_after, described
from engine.jobs.threads import Threads

log = structlog.get_logger(__name__)


class Worker:
    """Runs the jobs of one database; the same class serves tests, threads and Procrastinate."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler], clock: Clock) -> None:
        self.database = database
        self._handlers = dict(handlers)
        self._clock = clock
        self._claiming = threading.Lock()
        self._threads: Threads | None = None

    def run_due(self, limit: int = 100) -> int:
        """Run what is due, oldest first, with what that brings; return how many tries were made."""
        tried = 0
        while tried < limit and self.run_one():
            tried += 1
        return tried

    def run_one(self, job_id: UUID | None = None) -> bool:
        """Try the oldest due job, or the named one if it is due; return whether there was one."""
        claim = self._claim(job_id)
        if claim is None:
            return False
        handler = self._handlers[claim.run.kind]
        if claim.run.attempts > handler.attempts:
            self._bury(claim, handler, "its worker ended without a word each time")
        else:
            self._try(claim, handler)
        return True

    def start(self, threads: int) -> None:
        """Carry jobs with threads of this process, woken by every commit that wrote a job."""
        if not self.database.is_sqlite:
            raise RuntimeError("On PostgreSQL Procrastinate carries the jobs: `bishen worker`.")
        self._threads = Threads(self.run_one, threads)
        attach(self.database, self._threads)
        self._threads.start()

    def stop(self) -> None:
        """Let the jobs that are running finish, and run no more."""
        if self._threads:
            detach(self.database)
            self._threads.stop()
            self._threads = None

    def _claim(self, job_id: UUID | None) -> Claim | None:
        # One thread at a time, or all of them would run for the same oldest job.
        with self._claiming:
            while True:
                now = self._clock.now()
                with self.database.read() as session:
                    job = claims.next_due(session, self._handlers.keys(), now, job_id)
                if job is None:
                    return None
                with self.database.write() as session:
                    claim = claims.take(session, job, self._handlers, now)
                if claim:
                    return claim

    def _try(self, claim: Claim, handler: Handler) -> None:
        try:
            closing = handler.run(claim.run)
            self._close(claim, closing)
        except Lost:
            log.info("job lost to another worker", job=str(claim.run.id), kind=claim.run.kind)
        except Exception as error:  # noqa: BLE001 -- whatever a handler raises counts as a failed try
            self._fail(claim, handler, error)

    def _close(self, claim: Claim, closing: Closing | None) -> None:
        with self.database.write() as session:
            _still_held(session, claim)
            if closing:
                closing(session)
            # The fence comes last: a command locks its case before the jobs of the case, and so
            # must we, or the two would wait for each other.
            _settle(session, claim, state=JobState.DONE, done_at=self._clock.now(), error=None)

    def _fail(self, claim: Claim, handler: Handler, error: Exception) -> None:
        run, text = claim.run, described(error)
        log.warning("job failed", job=str(run.id), kind=run.kind, tries=run.attempts, error=text)
        if isinstance(error, GiveUp) or run.attempts >= handler.attempts:
            self._bury(claim, handler, text)
        else:
            self._postpone(claim, text)

    def _postpone(self, claim: Claim, text: str) -> None:
        again = self._clock.now() + delay_after(claim.run.id, claim.run.attempts)
        with suppress(Lost), self.database.write() as session:
            _settle(session, claim, run_at=again, lease_until=None, error=text)
            carry(session, session.get_one(Job, claim.run.id))

    def _bury(self, claim: Claim, handler: Handler, text: str) -> None:
        with suppress(Lost), self.database.write() as session:
            _still_held(session, claim)
            self._mourn(session, claim, handler, text)
            _settle(session, claim, state=JobState.DEAD, lease_until=None, error=text)
        log.error("job dead", job=str(claim.run.id), kind=claim.run.kind, error=text)

    def _mourn(self, session: Session, claim: Claim, handler: Handler, text: str) -> None:
        if handler.on_dead is None:
            return
        try:
            with session.begin_nested():
                job = session.get_one(Job, claim.run.id)
                # Told, not written: the row of the job is changed after those of its case.
                set_committed_value(job, "error", text)
                handler.on_dead(session, job)
        except Exception as error:  # noqa: BLE001 -- a job must reach its end even if its mourner fails
            log.warning("job's end not told", job=str(claim.run.id), error=described(error))


class Lost(Exception):
    """The lease ran out and another worker has the job, or it was cancelled meanwhile."""


def _still_held(session: Session, claim: Claim) -> None:
    session.info[RUNNING] = claim.run.id
    if session.scalar(select(Job.id).where(*claim.holds)) is None:
        raise Lost


def _settle(session: Session, claim: Claim, **values: object) -> None:
    settled = session.scalars(
        update(Job).where(*claim.holds).values(**values).returning(Job.id)
    ).all()
    if not settled:
        raise Lost
