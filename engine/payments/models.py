"""The tables of payments: orders, what the provider told us, and money on its way back."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base


class OrderState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


class RefundState(StrEnum):
    DUE = "due"
    DONE = "done"
    FAILED = "failed"


class EventOutcome(StrEnum):
    """What came of a notice from the provider."""

    SETTLED = "settled"
    REPEATED = "repeated"
    LATE = "late"
    SECOND_PAYMENT = "second_payment"
    AMOUNT_WRONG = "amount_wrong"
    ORDER_UNKNOWN = "order_unknown"
    MISSING_THERE = "missing_there"
    """We hold a payment that the provider's statement does not list."""


class PaymentOrder(Base):
    """One amount in fen that a case asks for; at most one payment settles it."""

    __tablename__ = "payment_order"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'closing', 'closed', 'paid', 'refund_due', 'refunded')",
            name="state_known",
        ),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(
            "state NOT IN ('paid', 'refund_due', 'refunded') OR paid_at IS NOT NULL",
            name="paid_has_time",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[UUID] = mapped_column(index=True)
    amount: Mapped[int]
    subject: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12), default=OrderState.OPEN, index=True)
    case_waits: Mapped[bool] = mapped_column(default=False)
    """The case waits to hear that the order is closed or paid after all."""
    abandoned: Mapped[bool] = mapped_column(default=False)
    """The case is over: whatever is still paid goes back."""
    pay_address: Mapped[str | None] = mapped_column(String(500))
    provider_transaction: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    refunded_at: Mapped[datetime | None]

    refunds: Mapped[list["PaymentRefund"]] = relationship(
        back_populates="order", order_by="PaymentRefund.created_at"
    )


class PaymentRefund(Base):
    """Money that has to go back: the refund queue."""

    __tablename__ = "payment_refund"
    __table_args__ = (
        CheckConstraint("state IN ('due', 'done', 'failed')", name="state_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
        UniqueConstraint("order_id", "provider_transaction"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("payment_order.id"))
    provider_transaction: Mapped[str] = mapped_column(String(80))
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(8), default=RefundState.DUE, index=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    order: Mapped[PaymentOrder] = relationship(back_populates="refunds")


class PaymentEvent(Base):
    """One notice of the provider, kept the first time it comes."""

    __tablename__ = "payment_event"
    __table_args__ = (UniqueConstraint("provider", "event_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    provider: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(64), index=True)
    provider_transaction: Mapped[str] = mapped_column(String(80))
    amount: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(String(16), index=True)
    received_at: Mapped[datetime]
