from datetime import timedelta

from sqlalchemy import select

from engine.people import counters
from engine.people.counters import Limit
from engine.people.models import Counter
from tests.people.support import at_once

HOUR = timedelta(hours=1)


def hit(database, now, limit=3):
    with database.write() as session:
        return counters.hit(session, "door", window=HOUR, limit=limit, now=now)


def test_the_fourth_time_is_too_many_until_the_window_is_over(database, clock):
    assert [hit(database, clock.now()) for _ in range(4)] == [True, True, True, False]
    assert not hit(database, clock.advance(minutes=59))
    assert hit(database, clock.advance(minutes=1))


def test_parallel_hits_are_all_counted(database, clock):
    at_once(8, lambda: hit(database, clock.now()))
    with database.read() as session:
        assert counters.count(session, "door", now=clock.now()) == 8


def test_subjects_do_not_share_a_limit(database, clock):
    limit = Limit("doors", 1, HOUR)
    with database.write() as session:
        assert limit.hit(session, "a", clock.now())
        assert limit.hit(session, "b", clock.now())
        assert limit.is_spent(session, "a", clock.now())
        assert not limit.is_spent(session, "c", clock.now())


def test_a_forgotten_subject_begins_again(database, clock):
    limit = Limit("doors", 1, HOUR)
    with database.write() as session:
        limit.hit(session, "a", clock.now())
        limit.forget(session, "a")
        assert limit.hit(session, "a", clock.now())


def test_what_someone_typed_is_not_kept_however_long(database, clock):
    limit, typed = Limit("doors", 1, HOUR), "020120100001" * 100
    with database.write() as session:
        limit.hit(session, typed, clock.now())
        assert "020120100001" not in session.scalars(select(Counter.key)).one()
