"""Staff claim a work item before they decide; an idle claim ends by itself.

Claiming and giving back are commands like any other: what is due happens first.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from engine.bpmn import ProcessStopped
from engine.cases.access import require_may_see, require_no_conflict_of_interest, waiting_for
from engine.cases.house import House
from engine.cases.locking import locked_case, require_not_suspended
from engine.cases.models import WorkItem
from engine.cases.replies import Reply
from engine.cases.running import RunningCase
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.people import Person

CLAIM = timedelta(minutes=30)
AT_ONCE = 20
"""How many of the oldest are tried before a person is told that nothing waits."""


def claim(house: House, session: Session, person: Person, work_item_id: UUID) -> Reply:
    """Take the work item; a second person is told who holds it."""
    running, item = _taken(house, session, person, work_item_id)
    if not item.is_open:
        return _too_late(running)
    require_not_suspended(running.case)
    require_no_conflict_of_interest(session, item, running.case, person)
    if item.is_claimed(running.now) and item.claimed_by != person.account_id:
        raise Conflict(_("这项任务已被其他同事领取，请领取下一项。"))
    item.claimed_by, item.claimed_until = person.account_id, running.now + CLAIM
    running.record("work item claimed", element=item.element)
    return Reply(running.case.id)


def claim_next(house: House, session: Session, person: Person) -> UUID | None:
    """Take the oldest work item that nobody holds; None when the queue is empty."""
    free = or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_until < house.clock.now())
    waiting = session.scalars(waiting_for(person, AT_ONCE, free)).all()
    return next((each for each in waiting if _is_got(house, session, person, each)), None)


def release(house: House, session: Session, person: Person, work_item_id: UUID) -> Reply:
    """Give the work item back to the queue; whoever does not hold it changes nothing."""
    running, item = _taken(house, session, person, work_item_id)
    if not item.is_open:
        return _too_late(running)
    if item.claimed_by == person.account_id:
        item.claimed_by = item.claimed_until = None
        running.record("work item released", element=item.element)
    return Reply(running.case.id)


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


def _too_late(running: RunningCase) -> Reply:
    """Keep what the timers did, and tell whoever asked."""
    sentence = _("这一步已经结束（可能已超过时限）。")
    return Reply(running.case.id, is_late=True, notice=sentence)


def _is_got(house: House, session: Session, person: Person, work_item_id: UUID) -> bool:
    """Try one of the queue. A case whose model is at fault must not keep the others from being
    claimed; its own job of timers tells the operator."""
    try:
        with session.begin_nested():
            return not claim(house, session, person, work_item_id).is_late
    except (Conflict, ProcessStopped):
        return False


def _taken(
    house: House, session: Session, person: Person, work_item_id: UUID
) -> tuple[RunningCase, WorkItem]:
    """Lock the case and let the time have its say; the work item may have gone with it."""
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
    running = house.running(session, case, person.account_id)
    running.resume()
    if not case.is_suspended and running.process.fire_timers():
        running.save()
    return running, item
