import base64
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from engine.payments import (
    EventOutcome,
    NoticeRefused,
    OrderState,
    PaymentEvent,
    PaymentOrder,
    PaymentRefund,
)
from engine.payments.inbox import unexplained
from tests.payments.support import KEY, notice_of
from tests.people.support import at_once


def test_an_order_is_registered_with_the_provider_after_the_commit(shop, clock):
    order = shop.order()
    assert shop.provider.known == {}
    assert order.expires_at - clock.now() == timedelta(minutes=30)
    shop.work()
    assert shop.provider.known == {order.number: 2200}
    assert shop.now(order).pay_address == f"http://127.0.0.1:1/pay/{order.number}"


def test_a_payment_settles_the_order_and_the_case_is_told(shop, clock):
    order = shop.order()
    assert shop.pay(order) == EventOutcome.SETTLED
    assert (shop.now(order).state, shop.now(order).paid_at) == (OrderState.PAID, clock.now())
    shop.work()
    assert shop.told == ["payment_settled"]


def test_the_same_notice_many_times_is_one_payment(shop):
    order = shop.order()
    notice = notice_of(shop.provider.take_money(order, shop.clock.now()))
    outcomes = at_once(10, lambda: shop.receive(*notice))
    assert sorted(outcomes) == ["repeated"] * 9 + ["settled"]
    shop.work()
    assert shop.told == ["payment_settled"]
    with shop.database.read() as session:
        assert session.scalar(select(func.count()).select_from(PaymentEvent)) == 1


def test_the_same_payment_in_other_notices_changes_nothing_more(shop):
    order = shop.order()
    payment = shop.provider.take_money(order, shop.clock.now())
    assert shop.receive(*notice_of(payment)) == EventOutcome.SETTLED
    assert shop.receive(*notice_of(payment)) == EventOutcome.REPEATED
    assert shop.now(order).refunds == []


@pytest.mark.parametrize("amount", [1, 2199, 2201, 220000])
def test_another_amount_does_not_pay_the_order(shop, amount):
    order = shop.order()
    assert shop.pay(order, amount=amount) == EventOutcome.AMOUNT_WRONG
    assert shop.now(order).state == OrderState.OPEN
    shop.work()
    assert shop.told == []
    with shop.database.read() as session:
        assert [e.number for e in unexplained(session)] == [order.number]


def test_a_notice_for_an_order_we_do_not_know_is_kept_for_people(shop):
    order = shop.order()
    assert shop.pay(order, number="BS20260302000000") == EventOutcome.ORDER_UNKNOWN
    assert shop.now(order).state == OrderState.OPEN
    with shop.database.read() as session:
        assert len(unexplained(session)) == 1


def forged(payment):
    body, _ = notice_of(payment)
    return body, notice_of(payment)[1]


def altered(payment):
    body, signature = notice_of(payment)
    return body.replace(b"2200", b"2201"), signature


def unsigned(payment):
    return notice_of(payment)[0], ""


def nonsense(payment):
    return notice_of(payment)[0], "!!! not base64 !!!"


def meant_for_another(payment):
    return notice_of(payment, merchant="another-shop")


def with_a_float(payment):
    return notice_of(payment, amount=2200.0)


def without_a_zone(payment):
    return notice_of(payment, paid_at="2026-03-02T09:00:00")


def not_json(payment):
    return b"[]", base64.b64encode(KEY.sign(b"[]")).decode()


@pytest.mark.parametrize(
    "fake",
    [
        forged,
        altered,
        unsigned,
        nonsense,
        meant_for_another,
        with_a_float,
        without_a_zone,
        not_json,
    ],
)
def test_a_notice_that_is_not_the_providers_to_us_changes_nothing(shop, fake):
    order = shop.order()
    notice = fake(shop.provider.take_money(order, shop.clock.now()))
    with pytest.raises(NoticeRefused):
        shop.receive(*notice)
    assert shop.now(order).state == OrderState.OPEN
    with shop.database.read() as session:
        assert session.scalars(select(PaymentEvent)).all() == []


@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_clock_that_is_off_does_not_refuse_a_real_payment(shop, clock, minutes):
    order = shop.order()
    payment = shop.provider.take_money(order, clock.now() + timedelta(minutes=minutes))
    assert shop.receive(*notice_of(payment)) == EventOutcome.SETTLED


def test_a_payment_changes_only_the_order_it_names(shop, database, clock):
    order = shop.order()
    other = type(shop)(database, clock).order()
    shop.pay(order)
    assert shop.now(order).state == OrderState.PAID
    assert shop.now(other).state == OrderState.OPEN


def test_a_payment_for_a_closed_order_goes_back(shop, clock):
    order = shop.order()
    shop.request_close(order)
    shop.work()
    assert shop.now(order).state == OrderState.CLOSED
    assert shop.pay(order) == EventOutcome.LATE
    assert shop.now(order).state == OrderState.REFUND_DUE
    assert shop.pay(order, transaction=shop.provider.paid[order.number].transaction) == "repeated"
    shop.work()
    after = shop.now(order)
    assert (after.state, after.refunded_at) == (OrderState.REFUNDED, clock.now())
    ((number, _, amount),) = shop.provider.refunds.values()
    assert (number, amount) == (order.number, 2200)
    assert shop.told == ["order_resolved"]


def test_a_second_payment_goes_back_and_the_first_counts(shop):
    order = shop.order()
    shop.pay(order)
    first = shop.provider.paid[order.number].transaction
    assert shop.pay(order) == EventOutcome.SECOND_PAYMENT
    second = shop.provider.paid[order.number].transaction
    shop.work()
    after = shop.now(order)
    assert (after.state, after.provider_transaction) == (OrderState.PAID, first)
    assert [r[1] for r in shop.provider.refunds.values()] == [second]


def test_a_refund_is_tried_again_with_one_key_until_it_is_done(shop):
    order = shop.order()
    shop.work()
    shop.request_close(order)
    shop.work()
    shop.pay(order)
    shop.provider.is_silent = True
    shop.work()
    assert shop.now(order).state == OrderState.REFUND_DUE
    shop.provider.is_silent = False
    shop.work(hours=1)
    assert shop.now(order).state == OrderState.REFUNDED
    assert len(shop.provider.refunds) == 1
    with shop.database.read() as session:
        assert session.scalars(select(PaymentRefund.state)).all() == ["done"]


def test_a_refund_that_never_works_is_left_for_people(shop):
    order = shop.order()
    shop.request_close(order)
    shop.work()
    shop.pay(order)
    shop.provider.is_silent = True
    for _ in range(62):
        shop.work(hours=2)
    assert [r.state for r in shop.now(order).refunds] == ["failed"]
    assert shop.now(order).state == OrderState.REFUND_DUE


def test_the_database_itself_refuses_an_order_for_nothing(shop):
    with pytest.raises(IntegrityError):
        shop.order(amount=0)
    with shop.database.read() as session:
        assert session.scalars(select(PaymentOrder)).all() == []
