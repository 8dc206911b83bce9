"""What is written to the ledger, and that it is written once."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from engine.jobs import JobState, cancel, enqueue, ledger, purge, retry
from engine.jobs.models import Job
from tests.jobs.support import NOW, jobs, noting, the_job, worker_of, write


def test_a_job_is_written_with_the_change_that_caused_it(database):
    case_id = uuid4()
    write(database, "sms.deliver", payload={"sms": "7"}, case_id=case_id)
    job = the_job(database)
    assert (job.kind, job.payload, job.state) == ("sms.deliver", {"sms": "7"}, JobState.READY)
    assert (job.run_at, job.attempts, job.case_id) == (NOW, 0, case_id)


def test_a_transaction_that_fails_leaves_no_job(database):
    with suppress(ZeroDivisionError), database.write() as session:
        enqueue(session, "note", {}, now=NOW)
        raise ZeroDivisionError
    assert jobs(database) == []


def test_the_same_key_twice_is_one_job(database):
    first = write(database, key="sms:42:approved")
    second = write(database, key="sms:42:approved", payload={"other": 1})
    assert second.id == first.id
    assert the_job(database).payload == {}


def test_the_same_key_twice_in_one_transaction_is_one_job(database):
    with database.write() as session:
        first = enqueue(session, "note", {}, now=NOW, key="once")
        assert enqueue(session, "note", {}, now=NOW, key="once") is first
    assert the_job(database).id == first.id


def test_a_key_that_appears_between_look_and_write_is_found(database, monkeypatch):
    write(database, key="race")
    monkeypatch.setattr(ledger, "find", _first_blind(ledger.find))
    with database.write() as session:
        job = enqueue(session, "note", {}, now=NOW, key="race")
    assert job.id == the_job(database).id


def _first_blind(found):
    seen = []

    def look(session, key):
        seen.append(key)
        return None if len(seen) == 1 else found(session, key)

    return look


def test_a_cancelled_job_is_not_run(database, clock):
    notes = []
    write(database, key="timer")
    with database.write() as session:
        assert cancel(session, "timer")
    assert worker_of(database, clock, note=noting(notes)).run_due() == 0
    assert (notes, the_job(database).state) == ([], JobState.CANCELLED)


def test_cancelling_what_is_not_there_says_so(database):
    with database.write() as session:
        assert not cancel(session, "nothing")


def test_a_cancelled_key_can_be_wanted_again(database, clock):
    write(database, key="timer", run_at=NOW + timedelta(days=1))
    with database.write() as session:
        cancel(session, "timer")
    write(database, key="timer", payload={"again": True})
    notes = []
    worker_of(database, clock, note=noting(notes)).run_due()
    assert [run.payload for run in notes] == [{"again": True}]


def test_a_dead_job_can_be_tried_again(database, clock):
    write(database)
    with database.write() as session:
        job = session.get_one(Job, the_job(database).id)
        job.state, job.attempts, job.error = JobState.DEAD, 8, "no"
    with database.write() as session:
        retry(session, session.get_one(Job, job.id), now=NOW)
    worker_of(database, clock, note=noting([])).run_due()
    assert (the_job(database).state, the_job(database).attempts) == (JobState.DONE, 1)


def test_old_finished_jobs_are_forgotten(database, clock):
    write(database)
    worker_of(database, clock, note=noting([])).run_due()
    write(database, key="kept")
    with database.write() as session:
        assert purge(session, before=NOW + timedelta(days=90)) == 1
    assert the_job(database).key == "kept"
