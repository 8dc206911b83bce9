from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.jobs import Job
from engine.payments import EventOutcome, OrderState, PaymentEvent
from engine.payments.inbox import unexplained
from engine.payments.reconciliation import begin


@pytest.fixture
def at_night(shop, clock):
    """Let the first night's comparison run, at three in the morning."""
    with shop.database.write() as session:
        begin(session, clock.now())
        begin(session, clock.now())

    def run():
        # The provider answers no query by day, so that only the statement can tell.
        shop.provider.query = lambda number: None
        shop.work(hours=18)

    return run


def outcomes(shop):
    with shop.database.read() as session:
        return session.scalars(select(PaymentEvent.outcome)).all()


def test_a_payment_nobody_told_us_of_is_found_at_night(shop, at_night, clock):
    order = shop.order()
    shop.provider.take_money(order, clock.now())
    at_night()
    assert shop.now(order).state == OrderState.PAID
    assert outcomes(shop) == [EventOutcome.SETTLED]


def test_a_day_that_agrees_changes_nothing(shop, at_night):
    shop.pay(shop.order())
    at_night()
    assert outcomes(shop) == [EventOutcome.SETTLED]


def test_a_payment_the_statement_lacks_is_left_for_people(shop, at_night):
    order = shop.order()
    shop.pay(order)
    shop.provider.paid.clear()
    at_night()
    assert shop.now(order).state == OrderState.PAID
    with shop.database.read() as session:
        assert [(e.number, e.outcome) for e in unexplained(session)] == [
            (order.number, "missing_there")
        ]


def test_a_payment_of_an_unknown_order_is_left_for_people(shop, at_night, clock):
    shop.provider.take_money(shop.order(), clock.now(), number="BS20260302999999")
    at_night()
    assert outcomes(shop) == [EventOutcome.ORDER_UNKNOWN]


def test_nights_follow_each_other_and_a_silent_provider_is_asked_again(shop, at_night, clock):
    shop.provider.is_silent = True
    at_night()
    shop.provider.is_silent = False
    shop.work(hours=1)
    with shop.database.read() as session:
        days = session.scalars(
            select(Job).where(Job.kind == "payments.reconcile").order_by(Job.run_at)
        ).all()
        assert [(j.payload["day"], j.state) for j in days] == [
            ("2026-03-02", "done"),
            ("2026-03-03", "ready"),
        ]
        assert days[1].run_at == clock.now().replace(hour=19, minute=0) + timedelta(days=1)
