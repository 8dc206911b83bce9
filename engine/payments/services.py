"""What service tasks call: is it paid, open an order, how does it stand, close it."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from engine.bpmn.services import ServiceContext, ServiceFunction
from engine.payments import orders
from engine.payments.models import OrderState, PaymentOrder


class AmountUnusable(ValueError):
    """A diagram asked for an amount that is not a whole, positive number of fen."""


def find_paid(context: ServiceContext) -> Mapping[str, Any]:
    """Tell whether the case has been paid for already."""
    return {"paid": orders.paid_of(context.session, context.case_id) is not None}


def create_order(
    context: ServiceContext, *, amount: int | Decimal, subject: str
) -> Mapping[str, Any]:
    """Open an order over an amount in fen."""
    order = orders.create(
        context.session,
        case_id=context.case_id,
        amount=_whole_fen(amount),
        subject=str(subject),
        now=context.now,
        lasts=_lasts(context),
    )
    return {"order_id": str(order.id), "number": order.number, "expires_at": order.expires_at}


def read_order(context: ServiceContext, *, order_id: str) -> Mapping[str, Any]:
    """Tell how an order of this case stands."""
    order = _own_order(context, order_id)
    return {"state": str(order.state), "settled": order.state == OrderState.PAID}


def request_close(context: ServiceContext, *, order_id: str) -> Mapping[str, Any]:
    """Have the order closed; the case is told `order_resolved` when that is certain."""
    order = _own_order(context, order_id)
    orders.request_close(context.session, order.id, context.now)
    return {"requested": True}


SERVICES: dict[str, ServiceFunction] = {
    "payments.find_paid": find_paid,
    "payments.create_order": create_order,
    "payments.read_order": read_order,
    "payments.request_close": request_close,
}


def _own_order(context: ServiceContext, order_id: str) -> PaymentOrder:
    order: PaymentOrder = context.session.get_one(
        PaymentOrder, UUID(str(order_id)), populate_existing=True
    )
    if order.case_id != context.case_id:
        raise LookupError(f"order {order_id} belongs to another case")
    return order


def _whole_fen(amount: int | Decimal) -> int:
    if isinstance(amount, bool | float) or amount != int(amount) or amount <= 0:
        raise AmountUnusable(repr(amount))
    return int(amount)


def _lasts(context: ServiceContext) -> timedelta:
    minutes = context.settings.get("payment_minutes")
    return timedelta(minutes=float(minutes)) if minutes else orders.LASTS
