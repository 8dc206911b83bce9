"""What a payment does to its order, whoever told us of it: a notice, a query, a closing.

Only the order is locked here. The case is told by a job of its own, because commands lock the case
before its orders and the other way round would be a deadlock.
"""

from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.jobs import enqueue
from engine.payments.models import EventOutcome, OrderState, PaymentOrder
from engine.payments.providers import Payment
from engine.payments.refunds import give_back, queue_refund

log = structlog.get_logger()


def settle(session: Session, payment: Payment, now: datetime) -> EventOutcome:
    """Apply a payment to its order; money that has no use goes to the refund queue."""
    order = session.scalar(
        select(PaymentOrder)
        .where(PaymentOrder.number == payment.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    outcome = _outcome(order, payment)
    if order is not None:
        _apply(session, order, payment, outcome, now)
    level = log.error if outcome in _ALARMING else log.info
    level("payment told", outcome=outcome.value, number=payment.number)
    return outcome


def announce(session: Session, order: PaymentOrder, message: str, now: datetime) -> None:
    """Have the case told, once for each order and message."""
    enqueue(
        session,
        "payments.announce",
        {"message": message},
        now=now,
        key=f"payments.announce:{order.id}:{message}",
        case_id=order.case_id,
    )


def note_closed(session: Session, order: PaymentOrder, now: datetime) -> None:
    """The provider has closed the order unpaid."""
    if order.state in {OrderState.OPEN, OrderState.CLOSING}:
        order.state, order.closed_at = OrderState.CLOSED, now


_ALARMING = {EventOutcome.AMOUNT_WRONG, EventOutcome.ORDER_UNKNOWN}


def _outcome(order: PaymentOrder | None, payment: Payment) -> EventOutcome:
    if order is None:
        return EventOutcome.ORDER_UNKNOWN
    if order.provider_transaction == payment.transaction:
        return EventOutcome.REPEATED
    if order.provider_transaction is not None:
        return EventOutcome.SECOND_PAYMENT
    if order.amount != payment.amount:
        return EventOutcome.AMOUNT_WRONG
    return EventOutcome.LATE if order.state == OrderState.CLOSED else EventOutcome.SETTLED


def _apply(
    session: Session,
    order: PaymentOrder,
    payment: Payment,
    outcome: EventOutcome,
    now: datetime,
) -> None:
    match outcome:
        case EventOutcome.SETTLED:
            _note_paid(session, order, payment, now)
        case EventOutcome.LATE:
            order.provider_transaction, order.paid_at = payment.transaction, payment.paid_at
            give_back(session, order, reason="late", now=now)
        case EventOutcome.SECOND_PAYMENT:
            queue_refund(
                session, order, payment.transaction, payment.amount, reason="second", now=now
            )
        case _:
            return


def _note_paid(session: Session, order: PaymentOrder, payment: Payment, now: datetime) -> None:
    was_open = order.state == OrderState.OPEN
    order.state, order.paid_at = OrderState.PAID, payment.paid_at
    order.provider_transaction = payment.transaction
    if order.abandoned:
        give_back(session, order, reason="withdrawn", now=now)
    elif was_open:
        announce(session, order, "payment_settled", now)
    elif order.case_waits:
        announce(session, order, "order_resolved", now)
