"""The refund queue: money that came too late, twice, or for a case that is over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.jobs import enqueue
from engine.payments.models import OrderState, PaymentOrder, PaymentRefund, RefundState


def give_back(session: Session, order: PaymentOrder, *, reason: str, now: datetime) -> None:
    """Queue the order's own payment for refund."""
    order.state = OrderState.REFUND_DUE
    transaction = order.provider_transaction or ""
    queue_refund(session, order, transaction, order.amount, reason=reason, now=now)


def queue_refund(
    session: Session,
    order: PaymentOrder,
    transaction: str,
    amount: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Queue one payment for refund; the same payment is queued once only."""
    known = select(PaymentRefund.id).where(
        PaymentRefund.order_id == order.id, PaymentRefund.provider_transaction == transaction
    )
    if session.scalar(known):
        return
    refund = PaymentRefund(
        order_id=order.id,
        provider_transaction=transaction,
        amount=amount,
        reason=reason,
        state=RefundState.DUE,
        created_at=now,
    )
    session.add(refund)
    session.flush()
    enqueue(
        session,
        "payments.refund",
        {"refund": str(refund.id)},
        now=now,
        key=f"payments.refund:{refund.id}",
        case_id=order.case_id,
    )


def outstanding(session: Session, limit: int = 100) -> Sequence[PaymentRefund]:
    """Return the refunds that are not done, the oldest first."""
    return session.scalars(
        select(PaymentRefund)
        .where(PaymentRefund.state != RefundState.DONE)
        .options(selectinload(PaymentRefund.order))
        .order_by(PaymentRefund.created_at, PaymentRefund.id)
        .limit(limit)
    ).all()


def note_done(session: Session, refund_id: UUID, now: datetime) -> None:
    """The provider has sent the money back."""
    refund = session.get_one(PaymentRefund, refund_id)
    refund.state, refund.done_at = RefundState.DONE, now
    order = refund.order
    if order.provider_transaction == refund.provider_transaction:
        order.state, order.refunded_at = OrderState.REFUNDED, now


def note_failed(session: Session, refund_id: UUID) -> None:
    """The provider would not; someone has to look at it."""
    session.get_one(PaymentRefund, refund_id).state = RefundState.FAILED
