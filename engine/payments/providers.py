"""What a payment provider must be able to do, and what it tells us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from engine.errors import Refused
from engine.jobs import JobFailed


class ProviderUnsure(JobFailed):
    """The provider gave no clear answer; nothing is concluded from that, it is asked again."""


class NoticeRefused(Refused):
    """A notice that does not come from our provider, or is not meant for us."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that arrived, in the provider's words."""

    number: str
    transaction: str
    amount: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """A payment that the provider told us of by itself."""

    event_id: str
    payment: Payment


@dataclass(frozen=True, slots=True)
class ProviderOrder:
    """How the provider sees an order; `payment` is there once money arrived."""

    number: str
    is_open: bool
    payment: Payment | None = None


class Provider(Protocol):
    """Every call may raise `ProviderUnsure`, and may be repeated with the same effect."""

    @property
    def name(self) -> str: ...

    def open(self, *, number: str, amount: int, subject: str, expires_at: datetime) -> str:
        """Register the order and return the address at which people pay it."""
        ...

    def query(self, number: str) -> ProviderOrder | None:
        """Return the order as the provider knows it, none when it does not."""
        ...

    def close(self, number: str) -> ProviderOrder | None:
        """Close the order unless it is paid, and return what it is now."""
        ...

    def refund(self, number: str, *, transaction: str, amount: int, key: UUID) -> None:
        """Send the money back."""
        ...

    def statement(self, since: datetime, until: datetime) -> Sequence[Payment]:
        """List every payment that arrived from `since` on and before `until`."""
        ...

    def read(self, body: bytes, signature: str) -> Notice:
        """Check whose notice this is and read it; `NoticeRefused` otherwise."""
        ...
