"""How often something happened lately, in one row that both databases count up atomically.

A window begins with its first hit. What must be remembered although the request is refused is
counted and committed before the main transaction begins.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.people.models import Counter


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within `window`, counted for each subject."""

    name: str
    most: int
    window: timedelta

    def hit(self, session: Session, subject: str, now: datetime) -> bool:
        """Count one; return whether that was still allowed."""
        return hit(session, self.key(subject), window=self.window, limit=self.most, now=now)

    def is_spent(self, session: Session, subject: str, now: datetime) -> bool:
        """Tell whether one more would be too many, without counting."""
        return count(session, self.key(subject), now=now) >= self.most

    def forget(self, session: Session, subject: str) -> None:
        """Begin again with this subject, as after a sign-in that succeeded."""
        session.execute(delete(Counter).where(Counter.key == self.key(subject)))

    def key(self, subject: str) -> str:
        """Name the counter; the subject may be a phone or what someone typed, so it is digested."""
        return f"{self.name}:{lookup_index(subject, 'counter')}"


def hit(session: Session, key: str, *, window: timedelta, limit: int, now: datetime) -> bool:
    """Count one under the key; return whether it is within the limit. Locks the key's row."""
    over = Counter.ends_at <= now
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    fresh = {"key": key, "count": 1, "started_at": now, "ends_at": now + window}
    statement = insert(Counter).values(fresh)
    counted = statement.on_conflict_do_update(
        index_elements=[Counter.key],
        set_={
            "count": case((over, 1), else_=Counter.count + 1),
            "started_at": case((over, statement.excluded.started_at), else_=Counter.started_at),
            "ends_at": case((over, statement.excluded.ends_at), else_=Counter.ends_at),
        },
    ).returning(Counter.count)
    return session.execute(counted).scalar_one() <= limit


def count(session: Session, key: str, *, now: datetime) -> int:
    """Return how often the key was hit in the window that is running."""
    found = select(Counter.count).where(Counter.key == key, Counter.ends_at > now)
    return session.scalar(found) or 0
