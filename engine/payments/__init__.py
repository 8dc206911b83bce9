"""Orders for money: opened with a provider, settled by its word, refunded when too late."""

from engine.payments.gateway import NoProvider, install
from engine.payments.inbox import receive
from engine.payments.models import (
    EventOutcome,
    OrderState,
    PaymentEvent,
    PaymentOrder,
    PaymentRefund,
    RefundState,
)
from engine.payments.providers import NoticeRefused, Provider, ProviderUnsure
from engine.payments.sandbox import SandboxProvider

__all__ = [
    "EventOutcome",
    "NoProvider",
    "NoticeRefused",
    "OrderState",
    "PaymentEvent",
    "PaymentOrder",
    "PaymentRefund",
    "Provider",
    "ProviderUnsure",
    "RefundState",
    "SandboxProvider",
    "install",
    "receive",
]
