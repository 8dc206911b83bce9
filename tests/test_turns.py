"""Writers of SQLite queue in order, and nobody waits without an end."""

import fcntl
import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from engine.db import turns


@contextmanager
def held(database):
    """Another process that writes and does not come to an end."""
    path = database.url.database.removesuffix(".db") + ".lock"
    with open(path, "w") as file:  # noqa: PTH123 -- the file is the lock
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write(database):
    with database.write() as session:
        session.execute(text("SELECT 1"))


def test_a_writer_that_waits_too_long_is_told_so(sqlite, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with held(sqlite), pytest.raises(OperationalError, match="locked"):
        write(sqlite)


def test_those_who_gave_up_do_not_stand_in_the_way(sqlite, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with held(sqlite):
        for _ in range(30):
            with pytest.raises(OperationalError):
                write(sqlite)
        asking = [thread for thread in threading.enumerate() if thread.name == "turns"]
        assert len(asking) == 1
    asking[0].join(10)
    write(sqlite)


def test_writers_come_in_the_order_in_which_they_asked(tmp_path):
    turn, came = turns.Turn(tmp_path / "lock"), []

    def take(number):
        turn.take(number)
        came.append(number)
        turn.leave(number, None)

    first = object()
    turn.take(first)
    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for count, thread in enumerate(threads, 1):
        thread.start()
        while len(turn._queue) < count:
            pass
    turn.leave(first, None)
    for thread in threads:
        thread.join(10)
    assert came == list(range(8))
