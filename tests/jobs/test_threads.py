"""Jobs on SQLite: a few threads, woken by the commit, stopped in peace."""

import threading

import pytest

from engine.clock import MovableClock
from engine.db import Database
from engine.jobs import Handler, JobState, attach, detach, enqueue
from engine.jobs.threads import Threads
from tests.jobs.support import NOW, jobs, noting, the_job, worker_of, write


def test_a_commit_wakes_a_thread(sqlite, clock):
    done = threading.Event()
    worker = worker_of(sqlite, clock, note=Handler(lambda job: done.set()))
    threads = Threads(worker.run_one, 2, poll=60)
    attach(sqlite, threads)
    threads.start()
    try:
        write(sqlite)
        assert done.wait(5)
    finally:
        detach(sqlite)
        threads.stop()
    assert the_job(sqlite).state == JobState.DONE


def test_several_threads_run_every_job_once(sqlite):
    runs, guard, left = [], threading.Lock(), threading.Semaphore(0)

    def run(job):
        with guard:
            runs.append(job.id)
        return lambda session: left.release()

    worker = worker_of(sqlite, MovableClock(NOW), note=Handler(run))
    worker.start(3)
    try:
        with sqlite.write() as session:
            for _ in range(20):
                enqueue(session, "note", {}, now=NOW)
        assert all(left.acquire(timeout=5) for _ in range(20))
    finally:
        worker.stop()
    assert sorted(runs) == sorted(job.id for job in jobs(sqlite))


def test_stopping_lets_the_running_job_finish(sqlite, clock):
    begun, go_on = threading.Event(), threading.Event()

    def run(job):
        begun.set()
        assert go_on.wait(5)

    worker = worker_of(sqlite, clock, note=Handler(run))
    worker.start(1)
    write(sqlite)
    assert begun.wait(5)
    threading.Timer(0.05, go_on.set).start()
    worker.stop()
    assert the_job(sqlite).state == JobState.DONE


def test_after_stopping_nothing_is_run(sqlite, clock):
    notes = []
    worker = worker_of(sqlite, clock, note=noting(notes))
    worker.start(1)
    worker.stop()
    write(sqlite)
    assert notes == []


def test_a_look_that_fails_does_not_end_the_thread():
    looks, third = [], threading.Event()

    def step():
        looks.append(1)
        if len(looks) == 1:
            raise OSError("the database is away")
        third.set()
        return False

    threads = Threads(step, 1, poll=0.01)
    threads.start()
    assert third.wait(5)
    threads.stop()


def test_threads_refuse_a_database_that_several_machines_share(postgres_template, clock):
    with postgres_template.copy() as address:
        database = Database(address)
        with pytest.raises(RuntimeError, match="bishen worker"):
            worker_of(database, clock).start(1)
        database.close()
