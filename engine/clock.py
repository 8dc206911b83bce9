"""The only "now": instants are aware and in UTC, people read them in Asia/Shanghai."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class MovableClock:
    """A clock for tests, simulations and previews: it stands still until someone moves it."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> datetime:
        """Move on by the arguments of `timedelta` (`hours=20`) and return the new instant."""
        self.instant += timedelta(**by)
        return self.instant


def local(instant: datetime) -> datetime:
    """Return the same instant as people in Shanghai write it."""
    return instant.astimezone(SHANGHAI)
