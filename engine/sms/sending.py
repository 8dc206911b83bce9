"""Write down a text to a phone and the job that delivers it, in the caller's transaction."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.clock import local
from engine.db import lookup_index
from engine.jobs import enqueue
from engine.sms.models import Sms, SmsState

DELIVER = "sms.deliver"
MORNING, EVENING = time(8), time(21)


def send(  # noqa: PLR0913 -- each is one fact about the text
    session: Session,
    *,
    mobile: str,
    text: str,
    values: Mapping[str, Any],
    now: datetime,
    case_id: UUID | None = None,
    challenge_id: UUID | None = None,
    expires_at: datetime | None = None,
    reminder: bool = False,
    language: str = "zh",
) -> Sms:
    """Send the text with this key. A reminder waits for the morning; what comes too late is
    dropped at `expires_at`. The code of a challenge is put in as `code` when it is delivered."""
    row = Sms(
        mobile=mobile,
        mobile_index=lookup_index(mobile, "mobile"),
        text_key=text,
        params=json.dumps({k: spoken(v) for k, v in values.items()}, ensure_ascii=False),
        language=language,
        case_id=case_id,
        challenge_id=challenge_id,
        state=SmsState.WAITING,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    job = enqueue(
        session,
        DELIVER,
        {"sms": str(row.id)},
        now=now,
        run_at=next_waking_hour(now) if reminder else None,
        key=f"{DELIVER}:{row.id}",
        case_id=case_id,
    )
    row.job_id = job.id
    session.flush()
    return row


def next_waking_hour(now: datetime) -> datetime:
    """Return `now`, or eight in the morning when people in Shanghai are asleep."""
    here = local(now)
    if MORNING <= here.time() < EVENING:
        return now
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, here.tzinfo)


def spoken(value: Any) -> str:
    """Return a value as people in Shanghai write it."""
    match value:
        case datetime():
            here = local(value)
            return f"{here.month}月{here.day}日{here:%H:%M}"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case None:
            return ""
        case _:
            return str(value)
