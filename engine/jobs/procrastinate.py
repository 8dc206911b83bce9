"""The carrier of PostgreSQL: every job of the ledger is deferred on the session's own connection.

The ledger alone says what is to be done. Procrastinate brings a job to a worker at its time, and
whatever it loses with a worker that dies is brought again by `tend`.
"""

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, or_, select, text
from sqlalchemy.orm import Session

from engine.clock import Clock
from engine.db import Database
from engine.jobs.models import Job, JobState
from engine.jobs.worker import Worker

QUEUE = "jobs"
TASK = "run_job"
EVERY_TWENTY_SECONDS = "* * * * * */20"
OVERDUE = timedelta(seconds=20)
"""How late a job is before we suspect that nobody brings it."""
SILENT = 30.0
"""Seconds without a heartbeat after which a worker is taken for dead."""
CLOCKS_APART = 2.0
"""Seconds by which the database's clock may run before ours."""


def install_schema(connection: Connection) -> None:
    """Create Procrastinate's tables, as the installed version wants them; once is enough."""
    if connection.dialect.name != "postgresql":
        return
    if connection.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 -- the connection has just answered
        # The driver itself: the script has many statements and per cent signs.
        driver.execute(SchemaManager.get_schema())


def last_heartbeat(session: Session) -> datetime | None:
    """Return when a worker last said that it lives; None where none ever has, or on SQLite."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    if session.scalar(text("SELECT to_regclass('procrastinate_workers')")) is None:
        return None
    found: datetime | None = session.scalar(
        text("SELECT max(last_heartbeat) FROM procrastinate_workers")
    )
    return found


class ProcrastinateCarrier:
    """Attach it in every process that writes jobs: `attach(database, ProcrastinateCarrier())`."""

    def __init__(self) -> None:
        # Never opened: jobs are only ever deferred on a session's own connection.
        self._app = App(connector=SyncPsycopgConnector())

    def carry(self, session: Session, job: Job) -> None:
        """Defer the job; the same job for the same time is deferred only once."""
        connection = session.connection()
        deferrer = self._app.configure_task(
            TASK,
            allow_unknown=True,
            queue=QUEUE,
            schedule_at=job.run_at,
            queueing_lock=f"{job.id} {job.run_at.isoformat()}",
            connection=connection.connection.driver_connection,
        )
        # A savepoint of the connection, not of the session, which would set it too late.
        with suppress(AlreadyEnqueued), connection.begin_nested():
            deferrer.defer(job_id=str(job.id))


def sweep(database: Database, carrier: ProcrastinateCarrier, now: datetime) -> int:
    """Bring again what is overdue and held by no worker; return how many jobs that were."""
    with database.write() as session:
        forgotten = session.scalars(
            select(Job)
            .where(Job.state == JobState.READY, Job.run_at < now - OVERDUE)
            .where(or_(Job.lease_until.is_(None), Job.lease_until <= now))
            .order_by(Job.run_at, Job.id)
            .limit(500)
            .with_for_update(skip_locked=True)
        ).all()
        for job in forgotten:
            carrier.carry(session, job)
    return len(forgotten)


def worker_app(worker: Worker, carrier: ProcrastinateCarrier, clock: Clock) -> App:
    """Return the application whose workers run the ledger's jobs."""
    database = worker.database
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address))

    @app.task(name=TASK, queue=QUEUE)
    def run_job(job_id: str) -> None:
        _wait_until_due(database, UUID(job_id), clock)
        worker.run_one(UUID(job_id))

    @app.periodic(cron=EVERY_TWENTY_SECONDS)
    @app.task(name="tend", queue=QUEUE, queueing_lock="tend")
    async def tend(timestamp: int) -> None:
        await _drop_stalled(app)
        await asyncio.to_thread(sweep, database, carrier, clock.now())

    return app


async def run(app: App, *, concurrency: int = 4, wait: bool = True) -> None:
    """Work until told to stop, or until the queue is empty when `wait` is false."""
    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=concurrency,
            wait=wait,
            delete_jobs="always",
            shutdown_graceful_timeout=30,
            install_signal_handlers=wait,
        )


def _wait_until_due(database: Database, job_id: UUID, clock: Clock) -> None:
    """Wait for our clock to reach what the database's clock has passed."""
    with database.read() as session:
        run_at = session.scalar(select(Job.run_at).where(Job.id == job_id))
    early = (run_at - clock.now()).total_seconds() if run_at else 0.0
    if 0 < early <= CLOCKS_APART:
        time.sleep(early)


async def _drop_stalled(app: App) -> None:
    """Throw away what a dead worker was carrying; the ledger still has the job."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
        await app.job_manager.finish_job(stalled, status=Status.FAILED, delete_job=True)
