"""How jobs are run: once, in order, fenced, with patience and an end."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event

from engine.clock import MovableClock
from engine.jobs import GiveUp, Handler, JobFailed, JobState, cancel, enqueue
from engine.jobs.models import Job
from engine.jobs.rules import delay_after, described
from tests.jobs.support import NOW, jobs, noting, the_job, worker_of, write


def test_what_is_due_is_run_oldest_first(database, clock):
    notes = []
    for n in (3, 1, 2):
        write(database, payload={"n": n}, run_at=NOW - timedelta(minutes=10 - n))
    write(database, payload={"n": 9}, run_at=NOW + timedelta(seconds=1))
    assert worker_of(database, clock, note=noting(notes)).run_due() == 3
    assert [run.payload["n"] for run in notes] == [1, 2, 3]


def test_a_job_of_an_unknown_kind_waits_for_a_worker_that_knows_it(database, clock):
    write(database, "newer")
    assert worker_of(database, clock, note=noting([])).run_due() == 0
    assert the_job(database).attempts == 0


def test_the_outcome_and_its_consequence_commit_together(database, clock):
    def closing(session):
        enqueue(session, "follow", {}, now=NOW)

    write(database)
    follows = []
    worker = worker_of(database, clock, note=noting([], closing), follow=noting(follows))
    assert worker.run_due() == 2
    assert len(follows) == 1
    assert {job.state for job in jobs(database)} == {JobState.DONE}


def test_a_consequence_that_fails_is_rolled_back_and_tried_again(database, clock):
    def closing(session):
        enqueue(session, "follow", {}, now=NOW)
        raise JobFailed("the case is busy")

    write(database)
    worker_of(database, clock, note=noting([], closing)).run_due()
    job = the_job(database)
    assert (job.kind, job.state, job.attempts) == ("note", JobState.READY, 1)
    assert job.error.startswith("JobFailed: the case is busy")


def test_a_failed_try_waits_longer_each_time_and_ends_dead(database, clock):
    dead = []

    def run(job):
        raise OSError("13800000000 is unreachable")

    handler = Handler(run, attempts=3, on_dead=lambda session, job: dead.append(job.id))
    write(database)
    worker = worker_of(database, clock, note=handler)
    waits = []
    while the_job(database).state == JobState.READY:
        assert worker.run_due() == 1
        waits.append(the_job(database).run_at - clock.now())
        clock.instant = the_job(database).run_at
    job = the_job(database)
    assert (job.state, job.attempts, dead) == (JobState.DEAD, 3, [job.id])
    assert waits[0] < waits[1]
    assert "13800000000" not in job.error


def test_giving_up_does_not_wait(database, clock):
    def run(job):
        raise GiveUp("no font prints 𠮷")

    write(database)
    worker_of(database, clock, note=Handler(run)).run_due()
    assert (the_job(database).state, the_job(database).attempts) == (JobState.DEAD, 1)
    assert "no font prints 𠮷" in the_job(database).error


def test_a_mourner_that_fails_does_not_keep_a_job_alive(database, clock):
    def run(job):
        raise GiveUp("no")

    def on_dead(session, job):
        enqueue(session, "incident", {}, now=NOW)
        raise RuntimeError

    write(database)
    worker_of(database, clock, note=Handler(run, on_dead=on_dead)).run_due()
    assert the_job(database).state == JobState.DEAD


def test_the_end_of_a_job_is_told_in_the_same_transaction(database, clock):
    def run(job):
        raise GiveUp("no")

    def on_dead(session, job):
        enqueue(session, "incident", {"job": str(job.id)}, now=NOW)

    first = write(database)
    worker_of(database, clock, note=Handler(run, on_dead=on_dead)).run_due()
    assert [job.payload for job in jobs(database) if job.kind == "incident"] == [
        {"job": str(first.id)}
    ]


def test_a_leased_job_is_nobody_elses(database, clock):
    runs = []
    other = worker_of(database, clock, note=noting(runs))

    def run(job):
        assert not other.run_one()

    write(database)
    worker_of(database, clock, note=Handler(run)).run_due()
    assert runs == []
    assert the_job(database).state == JobState.DONE


def test_a_late_worker_changes_nothing(database, clock):
    closed = []
    second = worker_of(database, clock, note=noting([], lambda session: closed.append("second")))

    def run(job):
        clock.advance(minutes=2)
        assert second.run_one()
        return lambda session: closed.append("first")

    write(database)
    worker_of(database, clock, note=Handler(run)).run_due()
    assert closed == ["second"]
    assert (the_job(database).state, the_job(database).attempts) == (JobState.DONE, 2)


def test_a_late_worker_does_not_close_what_another_has_tried_since(database, clock):
    def fails(job):
        raise OSError

    closed = []
    second = worker_of(database, clock, note=Handler(fails))

    def run(job):
        clock.advance(minutes=2)
        assert second.run_one()
        return lambda session: closed.append(job)

    write(database)
    worker_of(database, clock, note=Handler(run)).run_one()
    assert closed == []
    assert (the_job(database).state, the_job(database).attempts) == (JobState.READY, 2)


def test_a_late_failure_changes_nothing(database, clock):
    second = worker_of(database, clock, note=noting([]))

    def run(job):
        clock.advance(minutes=2)
        assert second.run_one()
        raise OSError

    write(database)
    worker_of(database, clock, note=Handler(run)).run_due()
    assert (the_job(database).state, the_job(database).error) == (JobState.DONE, None)


def test_a_job_whose_workers_all_died_is_buried(database, clock):
    dead = []
    write(database)
    with database.write() as session:
        job = session.get_one(Job, the_job(database).id)
        job.attempts, job.lease_until = 8, NOW - timedelta(seconds=1)
    handler = Handler(lambda job: None, on_dead=lambda session, job: dead.append(job.id))
    worker_of(database, clock, note=handler).run_due()
    assert (the_job(database).state, len(dead)) == (JobState.DEAD, 1)


def test_a_job_cancelled_while_it_runs_does_not_close(database, clock):
    closed = []

    def run(job):
        with database.write() as session:
            assert cancel(session, "timer")
        return lambda session: closed.append(job)

    write(database, key="timer")
    worker_of(database, clock, note=Handler(run)).run_due()
    assert (closed, the_job(database).state) == ([], JobState.CANCELLED)


def test_a_job_does_not_cancel_itself_in_its_closing(database, clock):
    write(database, key="timer")
    handler = Handler(lambda job: lambda session: cancel(session, "timer"))
    worker_of(database, clock, note=handler).run_due()
    assert the_job(database).state == JobState.DONE


def test_the_id_is_the_same_in_every_try(database, clock):
    seen = []

    def run(job):
        seen.append((job.id, job.attempts))
        if job.attempts == 1:
            raise OSError

    write(database)
    worker = worker_of(database, clock, note=Handler(run))
    worker.run_due()
    clock.advance(hours=1)
    worker.run_due()
    assert seen == [(the_job(database).id, 1), (the_job(database).id, 2)]


def test_no_transaction_is_open_while_the_work_is_done(database, clock):
    def run(job):
        with database.write() as session:
            enqueue(session, "beside", {}, now=NOW)

    write(database)
    worker_of(database, clock, note=Handler(run)).run_due()
    assert {job.state for job in jobs(database) if job.kind == "note"} == {JobState.DONE}


def test_looking_at_an_idle_ledger_writes_nothing(database, clock):
    write(database, run_at=NOW + timedelta(days=1))
    statements = []

    event.listen(database.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    assert worker_of(database, clock, note=noting([])).run_due() == 0
    assert not [text for text in statements if not text.startswith("SELECT")]


def test_many_workers_run_every_job_once(database):
    count, runs, guard = 40, [], threading.Lock()

    def run(job):
        with guard:
            runs.append(job.id)

    with database.write() as session:
        for _ in range(count):
            enqueue(session, "note", {}, now=NOW)
    workers = [worker_of(database, MovableClock(NOW), note=Handler(run)) for _ in range(4)]
    threads = [threading.Thread(target=worker.run_due) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(runs) == sorted(job.id for job in jobs(database))
    assert {job.state for job in jobs(database)} == {JobState.DONE}


def test_waits_grow_to_about_an_hour_and_differ_between_jobs(database):
    first, second = write(database), write(database)
    waits = [delay_after(first.id, n).total_seconds() for n in range(1, 12)]
    assert 2.5 <= waits[0] <= 7.5
    assert waits[-1] <= 5400
    assert waits[6] > waits[2] > waits[0]
    assert any(delay_after(first.id, n) != delay_after(second.id, n) for n in range(1, 5))


def test_a_description_names_the_place():
    with pytest.raises(KeyError) as caught:
        {}["secret"]
    assert described(caught.value).startswith("KeyError (test_worker.py:")
    assert "secret" not in described(caught.value)
