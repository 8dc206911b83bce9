"""What is forgotten of people once nobody can need it: captchas, codes, counters, sign-ins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.people.models import CaptchaChallenge, CodeChallenge, Counter, SignIn

CAPTCHAS_KEPT = timedelta(days=1)
"""A captcha is good for five minutes; the day is for clocks that do not agree."""
CODES_KEPT = timedelta(days=30)
"""The limits of a day are counted over them, and a complaint comes within a month."""
SIGN_INS_KEPT = timedelta(days=190)
"""Who signed in when and from where is a log, and the law wants logs kept for six months
(网络安全法, art. 21)."""
PORTION = 1000
"""Rows of one statement, so that nobody waits long behind it."""


@dataclass(frozen=True, slots=True)
class _Over:
    """The rows of a table that have been over for so long."""

    table: type[Any]
    key: InstrumentedAttribute[Any]
    over_at: InstrumentedAttribute[datetime]
    kept: timedelta

    def purge(self, session: Session, now: datetime) -> int:
        # The time is asked twice: a counter that was renewed since it was found begins anew.
        is_over: ColumnElement[bool] = self.over_at <= now - self.kept
        found: Sequence[Any] = session.scalars(
            select(self.key).where(is_over).order_by(self.over_at, self.key).limit(PORTION)
        ).all()
        session.execute(
            delete(self.table)
            .where(self.key.in_(found), is_over)
            .execution_options(synchronize_session=False)
        )
        return len(found)


_ALL = (
    _Over(CaptchaChallenge, CaptchaChallenge.id, CaptchaChallenge.expires_at, CAPTCHAS_KEPT),
    _Over(CodeChallenge, CodeChallenge.id, CodeChallenge.expires_at, CODES_KEPT),
    _Over(Counter, Counter.key, Counter.ends_at, timedelta(0)),
    _Over(SignIn, SignIn.id, SignIn.expires_at, SIGN_INS_KEPT),
)


def purge(session: Session, now: datetime) -> bool:
    """Forget a portion of each kind; return whether there may be more."""
    return max([kind.purge(session, now) for kind in _ALL]) == PORTION
