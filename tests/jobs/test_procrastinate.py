"""Jobs on PostgreSQL: deferred with the change, run by a worker, brought again when lost."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from engine.clock import SystemClock
from engine.db import Database
from engine.jobs import Handler, JobState, attach, cancel, detach, enqueue
from engine.jobs.models import Job
from engine.jobs.procrastinate import (
    ProcrastinateCarrier,
    _drop_stalled,
    install_schema,
    last_heartbeat,
    run,
    sweep,
    worker_app,
)
from tests.jobs.support import jobs, noting, the_job, worker_of, write


@pytest.fixture
def carried(postgres_template):
    """A PostgreSQL database with Procrastinate's tables and its carrier attached."""
    with postgres_template.copy() as address:
        database = Database(address)
        with database.engine.begin() as connection:
            install_schema(connection)
        attach(database, ProcrastinateCarrier())
        yield database
        detach(database)
        database.close()


def now():
    return SystemClock().now()


def deferred(database):
    with database.read() as session:
        return session.execute(
            text(
                "SELECT args->>'job_id', status::text FROM procrastinate_jobs"
                " WHERE task_name = 'run_job' ORDER BY id"
            )
        ).all()


def work(database, **handlers):
    worker = worker_of(database, SystemClock(), **handlers)
    asyncio.run(run(worker_app(worker, ProcrastinateCarrier(), SystemClock()), wait=False))


def test_the_last_heartbeat_of_a_worker_is_known(carried, sqlite):
    for database in (carried, sqlite):
        with database.read() as session:
            assert last_heartbeat(session) is None
    beat = now().replace(microsecond=0)
    with carried.write() as session:
        statement = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (:beat)"
        session.execute(text(statement), {"beat": beat})
    with carried.read() as session:
        assert last_heartbeat(session) == beat


def test_without_the_tables_of_the_carrier_there_is_no_heartbeat(postgres_template):
    with postgres_template.copy() as address:
        database = Database(address)
        with database.read() as session:
            assert last_heartbeat(session) is None
        database.close()


def test_the_schema_can_be_asked_for_twice(carried):
    with carried.engine.begin() as connection:
        install_schema(connection)


def test_sqlite_has_no_use_for_the_schema(sqlite):
    with sqlite.engine.begin() as connection:
        install_schema(connection)


def test_a_job_is_deferred_in_the_session_that_wrote_it(carried):
    job = write(carried, now=now())
    assert deferred(carried) == [(str(job.id), "todo")]


def test_nothing_is_deferred_when_the_session_rolls_back(carried):
    session = carried.open_write()
    enqueue(session, "note", {}, now=now())
    session.rollback()
    session.close()
    assert (jobs(carried), deferred(carried)) == ([], [])


def test_a_worker_runs_what_was_deferred(carried):
    notes = []
    for n in range(5):
        write(carried, now=now(), payload={"n": n})
    work(carried, note=noting(notes))
    assert sorted(run.payload["n"] for run in notes) == [0, 1, 2, 3, 4]
    assert {job.state for job in jobs(carried)} == {JobState.DONE}
    assert deferred(carried) == []


def test_a_job_for_later_stays(carried):
    notes = []
    write(carried, now=now(), run_at=now() + timedelta(hours=1))
    work(carried, note=noting(notes))
    assert (notes, len(deferred(carried))) == ([], 1)


def test_a_clock_a_little_behind_the_databases_does_not_lose_a_job(carried):
    notes = []
    write(carried, now=now(), run_at=now() + timedelta(milliseconds=300))
    with carried.engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL"))
    work(carried, note=noting(notes))
    assert len(notes) == 1


def test_a_failed_try_is_deferred_for_its_next_time(carried):
    def fails(job):
        raise OSError

    write(carried, now=now())
    work(carried, note=Handler(fails))
    job = the_job(carried)
    assert (job.state, job.attempts) == (JobState.READY, 1)
    with carried.read() as session:
        when = session.scalar(
            text("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = 'run_job'")
        )
    assert when == job.run_at


def test_a_lost_job_is_brought_again_once(carried):
    write(carried, now=now(), run_at=now() - timedelta(minutes=1))
    with carried.engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    for _ in range(2):
        assert sweep(carried, ProcrastinateCarrier(), now()) == 1
    assert len(deferred(carried)) == 1


def test_a_job_under_a_live_lease_is_left_alone(carried):
    write(carried, now=now(), run_at=now() - timedelta(minutes=1))
    with carried.write() as session:
        session.get_one(Job, the_job(carried).id).lease_until = now() + timedelta(seconds=30)
    assert sweep(carried, ProcrastinateCarrier(), now()) == 0


def test_what_a_dead_worker_was_carrying_is_dropped_and_brought_again(carried):
    write(carried, now=now(), run_at=now() - timedelta(minutes=1))
    with carried.engine.begin() as connection:
        connection.execute(
            text(
                "WITH w AS (INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (now() - interval '5 minutes') RETURNING id)"
                " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM w)"
            )
        )
    app = worker_app(worker_of(carried, SystemClock()), ProcrastinateCarrier(), SystemClock())

    async def tend():
        async with app.open_async():
            await _drop_stalled(app)

    asyncio.run(tend())
    assert deferred(carried) == []
    assert sweep(carried, ProcrastinateCarrier(), now()) == 1
    assert [status for _, status in deferred(carried)] == ["todo"]


def test_a_cancelled_job_is_carried_for_nothing(carried):
    notes = []
    write(carried, now=now(), key="timer")
    with carried.write() as session:
        cancel(session, "timer")
    work(carried, note=noting(notes))
    assert (notes, the_job(carried).state) == ([], JobState.CANCELLED)


def test_a_cancelled_key_wanted_again_at_the_same_time_does_not_break_the_transaction(carried):
    moment, notes = now(), []
    write(carried, now=moment, key="timer")
    with carried.write() as session:
        cancel(session, "timer")
    write(carried, now=moment, key="timer")
    work(carried, note=noting(notes))
    assert len(notes) == 1
