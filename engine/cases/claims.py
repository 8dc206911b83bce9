"""Staff claim a work item before they decide; an idle claim ends by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from engine.cases.access import (
    require_may_see,
    require_no_conflict_of_interest,
    waiting_for,
)
from engine.cases.events import record
from engine.cases.models import Case, WorkItem
from engine.cases.running import locked_case, require_not_suspended
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.people import Person

CLAIM = timedelta(minutes=30)
AT_ONCE = 20
"""How many of the oldest are tried before a person is told that nothing waits."""


def claim(session: Session, person: Person, work_item_id: UUID, now: datetime) -> None:
    """Take the work item; a second person is told who holds it."""
    item, case = _locked_item(session, person, work_item_id)
    require_not_suspended(case)
    require_no_conflict_of_interest(session, item, case, person)
    if item.is_claimed(now) and item.claimed_by != person.account_id:
        raise Conflict(_("这项任务已被其他同事领取，请领取下一项。"))
    item.claimed_by, item.claimed_until = person.account_id, now + CLAIM
    record(
        session,
        case,
        "work item claimed",
        at=now,
        actor_id=person.account_id,
        element=item.element,
    )


def claim_next(session: Session, person: Person, now: datetime) -> UUID | None:
    """Take the oldest work item that nobody holds; None when the queue is empty."""
    free = or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_until < now)
    waiting = session.scalars(waiting_for(person, AT_ONCE, free)).all()
    for work_item_id in waiting:
        try:
            claim(session, person, work_item_id, now)
        except Conflict:
            continue
        return work_item_id
    return None


def release(session: Session, person: Person, work_item_id: UUID, now: datetime) -> None:
    """Give the work item back to the queue; whoever does not hold it changes nothing."""
    item, case = _locked_item(session, person, work_item_id)
    if item.claimed_by != person.account_id:
        return
    item.claimed_by = item.claimed_until = None
    record(
        session,
        case,
        "work item released",
        at=now,
        actor_id=person.account_id,
        element=item.element,
    )


def release_all(session: Session, account_id: UUID) -> int:
    """Return everything a person holds to the queue, as when their account is disabled."""
    result = session.execute(
        update(WorkItem)
        .where(WorkItem.claimed_by == account_id, WorkItem.closed_at.is_(None))
        .values(claimed_by=None, claimed_until=None)
    )
    return result.rowcount if isinstance(result, CursorResult) else 0


def keep_hold(session: Session, work_item_id: UUID, account_id: UUID, now: datetime) -> None:
    """Let whoever works on what they hold keep it; for anybody else nothing changes."""
    session.execute(
        update(WorkItem)
        .where(
            WorkItem.id == work_item_id,
            WorkItem.claimed_by == account_id,
            WorkItem.claimed_until > now,
        )
        .values(claimed_until=now + CLAIM)
        .execution_options(synchronize_session=False)
    )


def _locked_item(session: Session, person: Person, work_item_id: UUID) -> tuple[WorkItem, Case]:
    case_id = session.scalar(select(WorkItem.case_id).where(WorkItem.id == work_item_id))
    if case_id is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    case = locked_case(session, case_id)
    item = session.scalars(
        select(WorkItem).where(WorkItem.id == work_item_id).with_for_update()
    ).one()
    require_may_see(item, case, person)
    if not item.is_open:
        raise Conflict(_("这一步已经办理过，或已被收回。"))
    return item, case
