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
from engine.cases.replies import Reply, remember, stored_reply
from engine.cases.running import RunningCase
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _
from engine.people import Person
from engine.people.models import Account

CLAIM = timedelta(minutes=30)
AT_ONCE = 20
"""How many of the oldest are tried before a person is told that nothing waits."""


def claim(
    house: House,
    session: Session,
    person: Person,
    work_item_id: UUID,
    submission_id: UUID | None = None,
) -> Reply:
    """Take the work item; a second person is told who holds it. With a submission id the reply is
    kept for when the same press comes again."""
    running, item = _taken(house, session, person, work_item_id)
    if not item.is_open:
        return _too_late(running)
    require_not_suspended(running.case)
    require_no_conflict_of_interest(session, item, running.case, person)
    if item.is_claimed(running.now) and item.claimed_by != person.account_id:
        raise Conflict(_("这项任务已被其他同事领取，请领取下一项。"))
    item.claimed_by, item.claimed_until = person.account_id, running.now + CLAIM
    running.record("work item claimed", element=item.element)
    reply = Reply(running.case.id, work_item_id)
    return remember(running, submission_id, person.account_id, reply) if submission_id else reply


def claim_next(
    house: House, session: Session, person: Person, submission_id: UUID | None = None
) -> UUID | None:
    """Take the oldest work item that nobody holds; None when the queue is empty. The same press
    that comes twice takes one."""
    if submission_id is not None:
        _one_at_a_time(session, person)
        answered = stored_reply(session, submission_id, person.account_id)
        if answered is not None:
            return answered.next_work_item_id
    free = or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_until < house.clock.now())
    waiting = session.scalars(waiting_for(person, AT_ONCE, free)).all()
    got = (each for each in waiting if _is_got(house, session, person, each, submission_id))
    return next(got, None)


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


def _one_at_a_time(session: Session, person: Person) -> None:
    """Let a second press wait until the first is through: it would find the oldest work item
    taken, and take the next."""
    own = select(Account.id).where(Account.id == person.account_id)
    session.execute(own.with_for_update(key_share=True))


def _is_got(
    house: House,
    session: Session,
    person: Person,
    work_item_id: UUID,
    submission_id: UUID | None,
) -> bool:
    """Try one of the queue. A case whose model is at fault must not keep the others from being
    claimed; its own job of timers tells the operator."""
    try:
        with session.begin_nested():
            return not claim(house, session, person, work_item_id, submission_id).is_late
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
