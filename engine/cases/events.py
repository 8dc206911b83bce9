"""The audit of a case: numbered lines, each digest covering the one before it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.models import Case, Event
from engine.db.envelope import lookup_index


def record(
    session: Session,
    case: Case,
    kind: str,
    *,
    at: datetime,
    actor_id: UUID | None = None,
    element: str | None = None,
    **detail: Any,
) -> None:
    """Add a line. The case row is locked by the command, so numbers have no gaps."""
    case.event_count += 1
    line = Event(
        case_id=case.id,
        number=case.event_count,
        at=at,
        actor_id=actor_id,
        kind=kind,
        element=element,
        detail=_plain(detail),
        digest="",
    )
    line.digest = case.event_head = digest_of(line, previous=case.event_head)
    session.add(line)


def digest_of(line: Event, *, previous: str) -> str:
    """Return the keyed digest of a line that follows `previous`."""
    content = orjson.dumps(
        [
            str(line.case_id),
            line.number,
            line.at.isoformat(),
            str(line.actor_id),
            line.kind,
            line.element,
            line.detail,
        ],
        option=orjson.OPT_SORT_KEYS,
    ).decode()
    return lookup_index(previous + content, "event")


def first_broken_line(session: Session, case: Case) -> int | None:
    """Return the number of the first line that was altered, removed or moved; None if all hold."""
    previous, expected = "", 0
    for line in session.scalars(
        select(Event).where(Event.case_id == case.id).order_by(Event.number)
    ):
        expected += 1
        if line.number != expected or line.digest != digest_of(line, previous=previous):
            return expected
        previous = line.digest
    whole = expected == case.event_count and previous == case.event_head
    return None if whole else expected + 1


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(orjson.dumps(detail, default=str))
    return plain
