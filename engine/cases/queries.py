"""What the pages ask: a candidate's cases, a queue, what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from engine.cases import values
from engine.cases.access import require_owner_or_overseer, waiting_for
from engine.cases.models import Answer, Case, CatchEvent, Event, WorkItem
from engine.errors import NotFound
from engine.i18n import gettext as _
from engine.people import Person, Role
from engine.people.models import Account

PAGE = 50
LAST_ANSWER = (
    select(Answer)
    .where(Answer.case_id == bindparam("case_id"), Answer.element == bindparam("element"))
    .order_by(Answer.given_at.desc(), Answer.id)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class CaseView:
    """Where a case stands, as its owner sees it."""

    case: Case
    open_items: Sequence[WorkItem]
    done_elements: frozenset[str]
    offered: Sequence[CatchEvent]
    """Messages that the diagram offers to the owner: withdraw, recall."""
    deadlines: Sequence[CatchEvent]

    @property
    def mine(self) -> list[WorkItem]:
        return [item for item in self.open_items if item.role == Role.CANDIDATE]

    @property
    def with_staff(self) -> list[WorkItem]:
        return [item for item in self.open_items if item.role != Role.CANDIDATE]


def cases_of(session: Session, owner_id: UUID) -> Sequence[Case]:
    """A person's cases, newest first."""
    return session.scalars(
        select(Case).where(Case.owner_id == owner_id).order_by(Case.opened_at.desc(), Case.id)
    ).all()


def case_view(session: Session, person: Person, case_id: UUID) -> CaseView:
    case = session.get(Case, case_id)
    if case is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    require_owner_or_overseer(case, person)
    items = session.scalars(
        select(WorkItem)
        .where(WorkItem.case_id == case_id)
        .order_by(WorkItem.opened_at, WorkItem.id)
    ).all()
    waiting = session.scalars(
        select(CatchEvent)
        .where(CatchEvent.case_id == case_id)
        .order_by(CatchEvent.due_at, CatchEvent.element, CatchEvent.id)
    ).all()
    return CaseView(
        case=case,
        open_items=[item for item in items if item.is_open],
        done_elements=frozenset(item.element for item in items if item.outcome),
        offered=[event for event in waiting if event.offered_to == Role.CANDIDATE],
        deadlines=[event for event in waiting if event.due_at],
    )


def queue_of(session: Session, person: Person, limit: int = PAGE) -> Sequence[WorkItem]:
    """Open work items this person may take, oldest first."""
    return session.scalars(
        select(WorkItem)
        .join(WorkItem.case)
        .options(contains_eager(WorkItem.case))
        .where(WorkItem.id.in_(waiting_for(person, limit)))
        .order_by(WorkItem.opened_at, WorkItem.id)
    ).all()


def names_of(session: Session, account_ids: set[UUID]) -> dict[UUID, str]:
    """Names by account, for lists that show who holds what."""
    rows = session.scalars(
        select(Account).where(Account.id.in_(account_ids)).order_by(Account.id)
    ).all()
    return {account.id: account.name or "" for account in rows}


def last_answer(session: Session, case_id: UUID, element: str) -> dict[str, Any] | None:
    """What the form of an element said the last time it was completed."""
    row = session.scalar(LAST_ANSWER, {"case_id": case_id, "element": element})
    return values.loads(row.values) if row else None


def last_answered_at(session: Session, case_id: UUID, element: str) -> datetime | None:
    """When the form of an element was completed last."""
    return session.scalar(
        select(func.max(Answer.given_at)).where(
            Answer.case_id == case_id, Answer.element == element
        )
    )


def timeline(session: Session, case_id: UUID, until: datetime | None = None) -> Sequence[Event]:
    """The lines of a case's audit, oldest first."""
    lines = select(Event).where(Event.case_id == case_id).order_by(Event.number)
    return session.scalars(lines if until is None else lines.where(Event.at <= until)).all()
