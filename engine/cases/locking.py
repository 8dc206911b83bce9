"""Rows of a case as a command reads them: under the case's lock, in the order they came."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, contains_eager

from engine.cases.models import Case, CaseState, CatchEvent, InboxMessage, WorkItem
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _

# Statements that every command runs are put together once.
LOCKED = (
    select(Case)
    .join(Case.state)
    .options(contains_eager(Case.state))
    .where(Case.id == bindparam("case_id"))
    .with_for_update(of=(Case, CaseState))
)
OPEN_ITEMS = (
    select(WorkItem)
    .where(WorkItem.case_id == bindparam("case_id"), WorkItem.closed_at.is_(None))
    .order_by(WorkItem.opened_at, WorkItem.id)
)
CATCH_EVENTS = (
    select(CatchEvent).where(CatchEvent.case_id == bindparam("case_id")).order_by(CatchEvent.id)
)


def locked_case(session: Session, case_id: UUID) -> Case:
    """Return the case with its state, both rows locked until the transaction ends.

    Who has waited for the lock must read what the one before has left in each."""
    case = session.scalar(LOCKED, {"case_id": case_id})
    if case is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    return case


def require_running(case: Case) -> None:
    require_not_suspended(case)
    if not case.is_open:
        raise Conflict(_("这件申报已经结束，不能再办理这一步。"))


def require_not_suspended(case: Case) -> None:
    if case.is_suspended:
        raise Conflict(_("这件申报已暂停，正由工作人员处理，现在不能办理这一步。恢复后可以继续。"))


def open_items(session: Session, case_id: UUID) -> list[WorkItem]:
    return list(session.scalars(OPEN_ITEMS, {"case_id": case_id}))


def catch_events(session: Session, case_id: UUID) -> list[CatchEvent]:
    # What the command has added so far is none of them, so it need not be written before.
    with session.no_autoflush:
        return list(session.scalars(CATCH_EVENTS, {"case_id": case_id}))


def uncaught_messages(session: Session, case: Case) -> list[InboxMessage]:
    return list(
        session.scalars(
            select(InboxMessage)
            .where(InboxMessage.case_id == case.id, InboxMessage.caught_at.is_(None))
            .order_by(InboxMessage.received_at, InboxMessage.id)
        )
    )
