"""Every night: our payments of the day before against the provider's own statement.

A payment we never heard of is applied now, late or not; one that the statement lacks is left for
people to look at. Repeating it for a day changes nothing.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import SHANGHAI, local
from engine.jobs import enqueue
from engine.payments.inbox import keep, note_outcome
from engine.payments.models import EventOutcome, PaymentOrder
from engine.payments.providers import Notice, Payment
from engine.payments.settlement import settle

RECONCILE = "payments.reconcile"
AT = time(3)

log = structlog.get_logger()


def begin(session: Session, now: datetime) -> None:
    """See to it that today is compared next night; each comparison plans the one after it."""
    plan(session, local(now).date(), now)


def plan(session: Session, day: date, now: datetime) -> None:
    """Have a day compared in the night after it."""
    enqueue(
        session,
        RECONCILE,
        {"day": day.isoformat()},
        now=now,
        run_at=datetime.combine(day + timedelta(days=1), AT, SHANGHAI),
        key=f"{RECONCILE}:{day}",
    )


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Return when a day begins and ends in Shanghai."""
    begins = datetime.combine(day, time(0), SHANGHAI)
    return begins, begins + timedelta(days=1)


def reconcile(
    session: Session, day: date, listed: Sequence[Payment], *, provider: str, now: datetime
) -> int:
    """Compare and mend; return how many payments differed."""
    ours = _paid_on(session, day)
    theirs = {payment.transaction for payment in listed}
    unheard = [payment for payment in listed if payment.transaction not in ours]
    missing = [payment for key, payment in ours.items() if key not in theirs]
    for payment in unheard:
        _apply(session, payment, provider, now)
    for payment in missing:
        _note_missing(session, payment, provider, now)
    if unheard or missing:
        log.error("payments differ", day=str(day), unheard=len(unheard), missing=len(missing))
    return len(unheard) + len(missing)


def _paid_on(session: Session, day: date) -> dict[str, Payment]:
    since, until = bounds_of(day)
    orders = session.scalars(
        select(PaymentOrder)
        .where(PaymentOrder.paid_at >= since, PaymentOrder.paid_at < until)
        .order_by(PaymentOrder.paid_at, PaymentOrder.id)
    )
    return {
        transaction: Payment(order.number, transaction, order.amount, order.paid_at)
        for order in orders
        if (transaction := order.provider_transaction) and order.paid_at
    }


def _apply(session: Session, payment: Payment, provider: str, now: datetime) -> None:
    notice = Notice(f"statement:{payment.transaction}"[:80], payment)
    if keep(session, provider, notice, now):
        note_outcome(session, provider, notice, settle(session, payment, now))


def _note_missing(session: Session, payment: Payment, provider: str, now: datetime) -> None:
    notice = Notice(f"missing:{payment.transaction}"[:80], payment)
    if keep(session, provider, notice, now):
        note_outcome(session, provider, notice, EventOutcome.MISSING_THERE)
