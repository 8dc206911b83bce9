"""The nightly job: what it forgets, what it keeps, and that there is always exactly one to come."""

import asyncio
import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import housekeeping
from engine.clock import SystemClock, local
from engine.db import Database
from engine.db.envelope import keyring
from engine.files import FileStore
from engine.jobs import Handler, Job, JobState, Worker, attach, detach
from engine.jobs.procrastinate import ProcrastinateCarrier, install_schema, run, worker_app
from engine.people import captchas, codes, counters, purging, sign_ins
from engine.people.models import CaptchaChallenge, CodeChallenge, Counter, SignIn
from tests.people.support import MOBILE, open_candidate

KINDS = (CaptchaChallenge, CodeChallenge, Counter, SignIn)


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files", keyring())


@pytest.fixture
def worker(database, files, clock):
    return Worker(database, housekeeping.handlers(database, files), clock)


def begin(database, now):
    with database.write() as session:
        housekeeping.begin(session, now)


def nights(database, state=JobState.READY):
    with database.read() as session:
        rows = session.scalars(select(Job).where(Job.state == state).order_by(Job.run_at))
        return [local(job.run_at).strftime("%m-%d %H:%M") for job in rows]


def leave_traces(database, now):
    account = open_candidate(database, now)
    with database.write() as session:
        captchas.new(session, "a browser", now)
        codes.challenge(session, "register", MOBILE, now=now)
        sign_ins.start(session, account, now=now, address="127.0.0.1", kind="candidate")


def left(database):
    with database.read() as session:
        return {
            kind.__tablename__
            for kind in KINDS
            if session.scalar(select(func.count()).select_from(kind))
        }


@pytest.mark.parametrize(
    ("time", "kept"),
    [
        ({"minutes": 10}, {"captcha_challenge", "code_challenge", "counter", "sign_in"}),
        ({"days": 2}, {"code_challenge", "sign_in"}),
        ({"days": 29}, {"code_challenge", "sign_in"}),
        ({"days": 31}, {"sign_in"}),
        ({"days": 184}, {"sign_in"}),
        ({"days": 191}, set()),
    ],
)
def test_everything_is_kept_for_its_own_time(database, clock, time, kept):
    leave_traces(database, clock.now())
    with database.write() as session:
        assert not purging.purge(session, clock.advance(**time))
    assert left(database) == kept


def test_more_than_one_portion_is_forgotten_in_one_night(database, clock, worker, monkeypatch):
    monkeypatch.setattr(purging, "PORTION", 2)
    with database.write() as session:
        for _ in range(7):
            captchas.new(session, "a browser", clock.now())
    begin(database, clock.now())
    clock.advance(days=3)
    assert worker.run_one()
    assert left(database) == set()


def test_a_counter_that_begins_anew_is_kept(database, clock):
    hour = timedelta(hours=1)
    with database.write() as session:
        counters.hit(session, "door", window=hour, limit=3, now=clock.now())
        counters.hit(session, "door", window=hour, limit=3, now=clock.advance(hours=2))
        purging.purge(session, clock.now())
    assert left(database) == {"counter"}


def test_contents_that_no_row_speaks_of_are_removed_at_night(database, clock, worker, files):
    orphan = files.path_of(files.put(b"broken off").sha256)
    os.utime(orphan, (clock.now().timestamp(),) * 2)
    begin(database, clock.now())
    clock.advance(days=1)
    worker.run_due()
    assert orphan.exists()
    clock.advance(days=2)
    worker.run_due()
    assert not orphan.exists()


def test_each_night_plans_the_next_and_only_that(database, clock, worker):
    for _start in range(3):
        begin(database, clock.now())
    assert nights(database) == ["03-03 04:00"]
    for night in ("03-04 04:00", "03-05 04:00"):
        clock.advance(days=1)
        assert worker.run_due() == 1
        begin(database, clock.now())
        assert nights(database) == [night]


def test_nights_that_were_slept_through_are_not_made_up_for(database, clock, worker):
    begin(database, clock.now())
    clock.advance(days=30)
    assert worker.run_due() == 1
    assert nights(database) == ["04-02 04:00"]


def test_a_night_that_fails_does_not_end_the_row_of_nights(database, clock, worker):
    def failing(job):
        raise OSError("the disk is away")

    usual = worker._handlers[housekeeping.KIND]
    worker._handlers[housekeeping.KIND] = Handler(failing, 1, usual.lease, usual.on_dead)
    begin(database, clock.now())
    clock.advance(days=1)
    worker.run_due()
    assert nights(database, JobState.DEAD) == ["03-03 04:00"]
    assert nights(database) == ["03-04 04:00"]


def test_procrastinate_carries_it_as_well(postgres_template, files):
    with postgres_template.copy() as address:
        database = carried(address)
        yesterday = SystemClock().now() - timedelta(days=2)
        begin(database, yesterday)
        handlers = housekeeping.handlers(database, files)
        worker = Worker(database, handlers, SystemClock())
        app = worker_app(worker, ProcrastinateCarrier(), SystemClock())
        asyncio.run(run(app, wait=False))
        assert len(nights(database, JobState.DONE)) == 1
        assert len(nights(database)) == 1
        detach(database)
        database.close()


def carried(address):
    database = Database(address)
    with database.engine.begin() as connection:
        install_schema(connection)
    attach(database, ProcrastinateCarrier())
    return database
