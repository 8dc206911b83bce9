"""The jobs of payments: everything that has to be asked of the provider."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from engine.db import Database
from engine.jobs import Handler, Job, JobRun, messages
from engine.payments import orders, refunds
from engine.payments.models import (
    EventOutcome,
    OrderState,
    PaymentOrder,
    PaymentRefund,
    RefundState,
)
from engine.payments.providers import Provider, ProviderOrder, ProviderUnsure
from engine.payments.reconciliation import RECONCILE, bounds_of, plan, reconcile
from engine.payments.settlement import announce, note_closed, settle

PATIENCE = 60
"""Tries before an operator has to look: the waits grow to an hour, so more than two days."""

log = structlog.get_logger()

Closing = Callable[[Session], None]


def handlers(database: Database, provider: Provider) -> Mapping[str, Handler]:
    """Return the handlers of every kind of job that payments enqueue."""
    work = _Work(database, provider)
    return {
        "payments.open": Handler(run=work.open, attempts=PATIENCE),
        "payments.query": Handler(run=work.query),
        "payments.close": Handler(run=work.close, attempts=PATIENCE),
        "payments.refund": Handler(run=work.refund, attempts=PATIENCE, on_dead=_note_refund_failed),
        RECONCILE: Handler(run=work.reconcile, attempts=PATIENCE),
        "payments.announce": Handler(run=_announce, attempts=PATIENCE, lease=timedelta(minutes=2)),
    }


@dataclass(frozen=True, slots=True)
class _Work:
    database: Database
    provider: Provider

    def open(self, job: JobRun) -> Closing | None:
        """Register the order with the provider, so that people can pay it."""
        order = self._order(job)
        if order.state != OrderState.OPEN or order.pay_address:
            return None
        address = self.provider.open(
            number=order.number,
            amount=order.amount,
            subject=order.subject,
            expires_at=order.expires_at,
        )

        def close(session: Session) -> None:
            fresh = orders.locked(session, order.id)
            fresh.pay_address = address
            if fresh.state != OrderState.OPEN:
                # It was closed while the provider had not heard of it yet: close it there, too.
                orders.close_again(session, fresh, job.now)

        return close

    def query(self, job: JobRun) -> Closing | None:
        """Ask about an order of which the provider has said nothing."""
        order = self._order(job)
        if order.state != OrderState.OPEN:
            return None
        found = self.provider.query(order.number)

        def close(session: Session) -> None:
            if found and found.payment:
                settle(session, found.payment, job.now)
                return
            asked = int(job.payload["times_asked"]) + 1
            orders.ask_later(session, orders.locked(session, order.id), job.now, times_asked=asked)

        return close

    def close(self, job: JobRun) -> Closing:
        """Close the order at the provider, then here; or find that it is paid after all."""
        order = self._order(job)
        found = None if order.provider_transaction else self.provider.close(order.number)
        if found and found.is_open:
            raise ProviderUnsure("the provider kept the order open")

        def close(session: Session) -> None:
            _conclude(session, order.id, found, job)

        return close

    def refund(self, job: JobRun) -> Closing | None:
        """Send a payment back."""
        refund_id = UUID(job.payload["refund"])
        with self.database.read() as session:
            refund = session.get_one(PaymentRefund, refund_id)
            if refund.state == RefundState.DONE:
                return None
            number, amount = refund.order.number, refund.amount
            transaction = refund.provider_transaction
        self.provider.refund(number, transaction=transaction, amount=amount, key=job.id)
        return lambda session: refunds.note_done(session, refund_id, job.now)

    def reconcile(self, job: JobRun) -> Closing:
        """Compare a day with the provider's statement, and plan the next day's comparison."""
        day = date.fromisoformat(job.payload["day"])
        listed = self.provider.statement(*bounds_of(day))

        def close(session: Session) -> None:
            reconcile(session, day, listed, provider=self.provider.name, now=job.now)
            plan(session, day + timedelta(days=1), job.now)

        return close

    def _order(self, job: JobRun) -> PaymentOrder:
        with self.database.read() as session:
            order = session.get_one(PaymentOrder, UUID(job.payload["order"]))
            session.expunge(order)
            return order


def _conclude(session: Session, order_id: UUID, found: ProviderOrder | None, job: JobRun) -> None:
    if found and found.payment:
        outcome = settle(session, found.payment, job.now)
        if outcome == EventOutcome.AMOUNT_WRONG:
            raise ProviderUnsure("the provider names another amount than ours")
    order = orders.locked(session, order_id)
    if order.provider_transaction is None:
        note_closed(session, order, job.now)
    if order.case_waits and order.state not in orders.UNSETTLED:
        announce(session, order, "order_resolved", job.now)


def _announce(job: JobRun) -> Closing | None:
    case_id = job.case_id
    if case_id is None:
        return None
    return lambda session: messages.deliver(session, case_id, job.payload["message"], {}, job.now)


def _note_refund_failed(session: Session, job: Job) -> None:
    refunds.note_failed(session, UUID(job.payload["refund"]))
    log.error("refund failed", refund=job.payload["refund"])
