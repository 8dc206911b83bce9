from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import sms
from engine.jobs import Job, Worker
from engine.sms import NotDelivered, Sms, SmsState, Texts
from engine.sms.delivery import handlers
from engine.sms.sending import next_waking_hour, spoken

MOBILE = "13900000001"
TEXTS = Texts.parse(
    b'[code]\nzh = "code {code} for {minutes} min"\n[result]\nzh = "{approved} approved"'
)


class Phone:
    """A provider that remembers, and fails as often as it is told."""

    def __init__(self, failures=0):
        self.failures, self.texts = failures, {}

    def send(self, mobile, body, *, key):
        if self.failures:
            self.failures -= 1
            raise NotDelivered("engaged")
        self.texts.setdefault(key, (mobile, body))
        return f"ref-{len(self.texts)}"


@pytest.fixture
def phone():
    return Phone()


@pytest.fixture
def worker(database, clock, phone):
    work = handlers(database, phone, lambda case_id: TEXTS, lambda challenge_id: "012345")
    return Worker(database, work, clock)


@pytest.fixture
def send(database, clock):
    def send(text="result", values=None, **more):
        with database.write() as session:
            values = {"approved": 2} if values is None else values
            return sms.send(
                session, mobile=MOBILE, text=text, values=values, now=clock.now(), **more
            )

    return send


def states(database):
    with database.read() as session:
        return session.scalars(select(Sms.state)).all()


def test_a_text_is_delivered_after_the_commit(database, send, worker, phone, clock):
    row = send(case_id=uuid4())
    assert phone.texts == {}
    worker.run_due()
    assert list(phone.texts.values()) == [(MOBILE, "2 approved")]
    with database.read() as session:
        kept = session.get_one(Sms, row.id)
        assert (kept.state, kept.sent_at, kept.provider_reference) == ("sent", clock.now(), "ref-1")
        assert list(phone.texts) == [kept.job_id]


def test_a_text_of_a_transaction_that_failed_is_never_sent(database, worker, phone, clock):
    with database.write() as session:
        sms.send(session, mobile=MOBILE, text="result", values={"approved": 1}, now=clock.now())
        session.rollback()
    worker.run_due()
    assert phone.texts == {}


def test_a_failure_is_tried_again_with_the_same_key(database, send, worker, phone, clock):
    phone.failures = 2
    send()
    for _ in range(3):
        worker.run_due()
        clock.advance(hours=1)
    assert len(phone.texts) == 1
    assert states(database) == [SmsState.SENT]


def test_when_the_provider_never_answers_the_text_has_failed(database, send, worker, phone, clock):
    phone.failures = 100
    send()
    for _ in range(10):
        worker.run_due()
        clock.advance(hours=2)
    assert states(database) == [SmsState.FAILED]


def test_an_unknown_text_fails_at_once(database, send, worker):
    send("no_such_text")
    worker.run_due()
    assert states(database) == [SmsState.FAILED]
    with database.read() as session:
        assert "no_such_text" in session.scalars(select(Job)).one().error


def test_the_code_is_in_the_text_and_nowhere_else(database, send, worker, phone, clock):
    send(
        "code", {"minutes": 5}, challenge_id=uuid4(), expires_at=clock.now() + timedelta(minutes=5)
    )
    worker.run_due()
    assert list(phone.texts.values()) == [(MOBILE, "code 012345 for 5 min")]
    with database.read() as session:
        row = session.scalars(select(Sms)).one()
        assert "012345" not in repr(row.params)
        assert "012345" not in repr(session.scalars(select(Job)).one().payload)


def test_a_code_that_is_over_is_not_sent_any_more(database, send, worker, phone, clock):
    send(
        "code", {"minutes": 5}, challenge_id=uuid4(), expires_at=clock.now() + timedelta(minutes=5)
    )
    clock.advance(minutes=5)
    worker.run_due()
    assert phone.texts == {}
    assert states(database) == [SmsState.EXPIRED]


def test_neither_number_nor_values_are_readable_in_the_table(database, send):
    send(values={"approved": "very private"})
    with database.read() as session:
        row = repr(session.execute(select(Sms.__table__)).one())
    assert MOBILE not in row
    assert "very private" not in row


def test_a_reminder_waits_for_the_morning_and_a_result_does_not(database, send, clock):
    clock.advance(hours=13)  # Ten in the evening in Shanghai.
    send(reminder=True)
    send()
    with database.read() as session:
        result, reminder = session.scalars(select(Job.run_at).order_by(Job.run_at))
    assert result == clock.now()
    assert reminder == clock.now() + timedelta(hours=10)


@pytest.mark.parametrize(
    ("hours", "waits"), [(0, 0), (11.99, 0), (12, 11), (14.5, 8.5), (22, 1), (23, 0)]
)
def test_people_sleep_from_nine_to_eight_in_shanghai(clock, hours, waits):
    now = clock.advance(hours=hours)
    assert next_waking_hour(now) - now == timedelta(hours=waits)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2026, 3, 2), "2026年3月2日"),
        (Decimal("12.50"), "12.50"),
        ("张三", "张三"),
        (None, ""),
        (3, "3"),
    ],
)
def test_values_are_written_as_people_write_them(value, read):
    assert spoken(value) == read


def test_an_instant_is_told_in_shanghai_time(clock):
    assert spoken(clock.now()) == "3月2日09:00"
