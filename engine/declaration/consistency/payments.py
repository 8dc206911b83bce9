"""Payments: paid is what was ordered, paid is paid once, and no more goes back than came."""

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, not_, or_, select

from engine.declaration.consistency.survey import Finding, Survey
from engine.payments.models import (
    EventOutcome,
    OrderState,
    PaymentEvent,
    PaymentOrder,
    PaymentRefund,
    RefundState,
)

RECEIVED = (OrderState.PAID, OrderState.REFUND_DUE, OrderState.REFUNDED)


def paid_is_what_was_ordered(survey: Survey) -> Iterator[Finding]:
    """A paid order knows its transaction, and every notice of that one names the same amount."""
    contradicted = exists().where(
        PaymentEvent.number == PaymentOrder.number,
        PaymentEvent.provider_transaction == PaymentOrder.provider_transaction,
        PaymentEvent.amount != PaymentOrder.amount,
    )
    for order in survey.each(
        select(PaymentOrder)
        .where(
            PaymentOrder.state.in_(RECEIVED),
            or_(PaymentOrder.provider_transaction.is_(None), contradicted),
        )
        .order_by(PaymentOrder.number)
    ):
        yield f"order {order.number}", f"{order.state}, but no payment of {order.amount} is known"


def notices_took_effect(survey: Survey) -> Iterator[Finding]:
    """A notice that settled an order left it paid, by that transaction."""
    effect = exists().where(
        PaymentOrder.number == PaymentEvent.number,
        PaymentOrder.provider_transaction == PaymentEvent.provider_transaction,
        PaymentOrder.state.in_(RECEIVED),
    )
    settled = PaymentEvent.outcome.in_((EventOutcome.SETTLED, EventOutcome.LATE))
    for event in survey.each(
        select(PaymentEvent)
        .where(settled, not_(effect))
        .order_by(PaymentEvent.received_at, PaymentEvent.id)
    ):
        yield f"order {event.number}", f"a notice says {event.outcome}, the order does not"


def once_for_a_case(survey: Survey) -> Iterator[Finding]:
    for case_id, count in survey.rows(
        select(PaymentOrder.case_id, func.count())
        .where(PaymentOrder.state == OrderState.PAID)
        .group_by(PaymentOrder.case_id)
        .having(func.count() > 1)
        .order_by(PaymentOrder.case_id)
    ):
        yield f"case {case_id}", f"{count} paid orders, none of them refunded"


def refunds_fit(survey: Survey) -> Iterator[Finding]:
    """Of an order's own payment at most its amount goes back; refunds and states agree."""
    own = and_(
        PaymentRefund.order_id == PaymentOrder.id,
        PaymentRefund.provider_transaction == PaymentOrder.provider_transaction,
    )
    back = func.coalesce(func.sum(PaymentRefund.amount), 0)
    done = func.count(PaymentRefund.done_at)
    for order, amount, times in survey.rows(
        select(PaymentOrder, back, done)
        .outerjoin(PaymentRefund, own)
        .where(PaymentOrder.provider_transaction.is_not(None))
        .group_by(PaymentOrder.id)
        .having(
            or_(
                back > PaymentOrder.amount,
                and_(PaymentOrder.state == OrderState.REFUND_DUE, back != PaymentOrder.amount),
                and_(PaymentOrder.state == OrderState.REFUNDED, done == 0),
                and_(PaymentOrder.state == OrderState.PAID, back != 0),
            )
        )
        .order_by(PaymentOrder.number)
    ):
        text = f"{order.state}: {amount} of {order.amount} to go back, {times} refunds done"
        yield f"order {order.number}", text
    yield from _refunds_of_others(survey)


def _refunds_of_others(survey: Survey) -> Iterator[Finding]:
    """A payment that came second goes back as it was told to us, and is done when it says so."""
    told = exists().where(
        PaymentEvent.provider_transaction == PaymentRefund.provider_transaction,
        PaymentEvent.amount < PaymentRefund.amount,
    )
    is_done = PaymentRefund.state == RefundState.DONE
    for refund in survey.each(
        select(PaymentRefund)
        .where(or_(told, is_done != PaymentRefund.done_at.is_not(None)))
        .order_by(PaymentRefund.id)
    ):
        yield f"refund {refund.id}", f"{refund.state}, {refund.amount}: more than came, or undated"
