"""Notices from the provider: believed when signed, kept once, applied to the order they name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.payments import gateway
from engine.payments.models import EventOutcome, PaymentEvent
from engine.payments.providers import Notice, NoticeRefused, Provider
from engine.payments.settlement import settle

UNEXPLAINED = (
    EventOutcome.AMOUNT_WRONG,
    EventOutcome.ORDER_UNKNOWN,
    EventOutcome.MISSING_THERE,
)

log = structlog.get_logger()


def receive(
    session: Session,
    body: bytes,
    signature: str,
    now: datetime,
    *,
    provider: Provider | None = None,
) -> EventOutcome:
    """Take in a notice. Once this commits, the provider may be told `success`.

    `NoticeRefused` when the signature or the merchant is wrong: then nothing has changed.
    """
    source = provider or gateway.provider()
    try:
        notice = source.read(body, signature)
    except NoticeRefused as refusal:
        log.warning("payment notice refused", provider=source.name, reason=str(refusal))
        raise
    if not keep(session, source.name, notice, now):
        return EventOutcome.REPEATED
    outcome = settle(session, notice.payment, now)
    note_outcome(session, source.name, notice, outcome)
    return outcome


def unexplained(session: Session, limit: int = 100) -> Sequence[PaymentEvent]:
    """Return what fitted no order of ours or no payment of theirs, the newest first."""
    return session.scalars(
        select(PaymentEvent)
        .where(
            PaymentEvent.outcome.in_(UNEXPLAINED),
        )
        .order_by(PaymentEvent.received_at.desc(), PaymentEvent.id)
        .limit(limit)
    ).all()


def keep(session: Session, provider: str, notice: Notice, now: datetime) -> bool:
    """Keep the notice; return whether it came for the first time."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = session.scalar(
        insert(PaymentEvent)
        .values(
            id=uuid4(),
            provider=provider,
            event_id=notice.event_id,
            number=notice.payment.number,
            provider_transaction=notice.payment.transaction,
            amount=notice.payment.amount,
            received_at=now,
        )
        .on_conflict_do_nothing(index_elements=[PaymentEvent.provider, PaymentEvent.event_id])
        .returning(PaymentEvent.id)
    )
    return first is not None


def note_outcome(session: Session, provider: str, notice: Notice, outcome: EventOutcome) -> None:
    """Write down what came of a notice that was kept."""
    session.execute(
        update(PaymentEvent)
        .where(PaymentEvent.provider == provider, PaymentEvent.event_id == notice.event_id)
        .values(outcome=outcome)
    )
