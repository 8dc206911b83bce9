"""Open orders for a case, close them, give money back: rows and jobs in one transaction."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.jobs import enqueue
from engine.payments.models import OrderState, PaymentOrder
from engine.payments.refunds import give_back

LASTS = timedelta(minutes=30)
ASKED_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
)
"""When the provider is asked about an order of which it has said nothing."""

UNSETTLED = (OrderState.OPEN, OrderState.CLOSING)


def create(
    session: Session,
    *,
    case_id: UUID,
    amount: int,
    subject: str,
    now: datetime,
    lasts: timedelta = LASTS,
) -> PaymentOrder:
    """Open an order and have it registered with the provider; earlier ones of the case close."""
    close_open(session, case_id, now)
    order = PaymentOrder(
        number=_number(now),
        case_id=case_id,
        amount=amount,
        subject=subject,
        state=OrderState.OPEN,
        created_at=now,
        expires_at=now + lasts,
    )
    session.add(order)
    session.flush()
    _enqueue(session, "payments.open", order, now)
    ask_later(session, order, now, times_asked=0)
    return order


def current(session: Session, case_id: UUID) -> PaymentOrder | None:
    """Return the order that the case is about now: the paid one, or else the newest."""
    orders = of_case(session, case_id)
    paid = [order for order in orders if order.state == OrderState.PAID]
    return next(iter(paid or orders), None)


def of_case(session: Session, case_id: UUID) -> Sequence[PaymentOrder]:
    """Return every order of a case, the newest first."""
    return session.scalars(
        select(PaymentOrder)
        .where(PaymentOrder.case_id == case_id)
        .order_by(PaymentOrder.created_at.desc(), PaymentOrder.number.desc())
    ).all()


def paid_of(session: Session, case_id: UUID) -> PaymentOrder | None:
    return next((o for o in of_case(session, case_id) if o.state == OrderState.PAID), None)


def request_close(session: Session, order_id: UUID, now: datetime) -> None:
    """Have the provider asked to close the order; the case then hears `order_resolved`.

    That holds for an order that is settled already, too: the case waits all the same.
    """
    order = locked(session, order_id)
    order.case_waits = True
    _begin_closing(session, order, now)


def close_open(session: Session, case_id: UUID, now: datetime) -> None:
    """Close whatever is open, with nobody waiting for it; what is paid stays paid."""
    for order in _locked_of_case(session, case_id):
        order.case_waits = False
        if order.state == OrderState.OPEN:
            _begin_closing(session, order, now)


def abandon(session: Session, case_id: UUID, now: datetime) -> None:
    """The case is over: close what is open and give back what is paid, now or later."""
    for order in _locked_of_case(session, case_id):
        order.case_waits, order.abandoned = False, True
        if order.state == OrderState.OPEN:
            _begin_closing(session, order, now)
        elif order.state == OrderState.PAID:
            give_back(session, order, reason="withdrawn", now=now)


def close_again(session: Session, order: PaymentOrder, now: datetime) -> None:
    """Have the provider close an order that is closed here."""
    _enqueue(session, "payments.close", order, now)


def ask_later(session: Session, order: PaymentOrder, now: datetime, *, times_asked: int) -> None:
    """Have the provider asked about the order once more, if it was not asked often enough."""
    if times_asked >= len(ASKED_AFTER):
        return
    enqueue(
        session,
        "payments.query",
        {"order": str(order.id), "times_asked": times_asked},
        now=now,
        run_at=order.created_at + ASKED_AFTER[times_asked],
        key=f"payments.query:{order.id}:{times_asked}",
        case_id=order.case_id,
    )


def locked(session: Session, order_id: UUID) -> PaymentOrder:
    """Return the order as it is now, and let nobody else change it before this commits."""
    return session.scalars(
        select(PaymentOrder)
        .where(PaymentOrder.id == order_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _locked_of_case(session: Session, case_id: UUID) -> Sequence[PaymentOrder]:
    return session.scalars(
        select(PaymentOrder)
        .where(PaymentOrder.case_id == case_id)
        .order_by(PaymentOrder.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _begin_closing(session: Session, order: PaymentOrder, now: datetime) -> None:
    if order.state == OrderState.OPEN:
        order.state = OrderState.CLOSING
    _enqueue(session, "payments.close", order, now)


def _enqueue(session: Session, kind: str, order: PaymentOrder, now: datetime) -> None:
    enqueue(session, kind, {"order": str(order.id)}, now=now, case_id=order.case_id)


def _number(now: datetime) -> str:
    """Return a number that sorts by day and cannot be guessed."""
    return f"BS{local(now):%Y%m%d}{secrets.randbelow(10**14):014}"
