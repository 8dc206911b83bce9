"""One case as an operator sees it: everything but what people wrote into their forms."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.models import (
    Answer,
    Case,
    CatchEvent,
    Draft,
    Event,
    InboxMessage,
    Incident,
    WorkItem,
)
from engine.errors import NotFound
from engine.i18n import gettext as _
from engine.jobs import Job
from engine.people.models import Account
from engine.people.person import AccountKind
from engine.releases.models import Release

LINES = 30
"""Lines of the audit on one page."""
MOST_JOBS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """That somebody completed a form or began to fill it in, and when; never what it says."""

    id: UUID
    element: str
    by: UUID
    at: datetime
    is_draft: bool


@dataclass(frozen=True, slots=True)
class CaseBoard:
    case: Case
    release: Release
    owner: Account
    items: Sequence[WorkItem]
    waits: Sequence[CatchEvent]
    jobs: Sequence[Job]
    """The newest."""
    inbox: Sequence[InboxMessage]
    incidents: Sequence[Incident]
    said: Sequence[Said]
    finished: frozenset[str]
    """Elements that a token has been through."""

    @property
    def open_items(self) -> list[WorkItem]:
        return [item for item in self.items if item.is_open]

    def job_of(self, incident: Incident) -> Job | None:
        return next((job for job in self.jobs if job.id == incident.job_id), None)

    @property
    def people(self) -> set[UUID]:
        """Accounts that the board names."""
        named = [
            *(x for item in self.items for x in (item.claimed_by, item.closed_by)),
            *(x for each in self.incidents for x in (each.taken_by, each.resolved_by)),
            *(each.by for each in self.said),
        ]
        return {account_id for account_id in named if account_id}


@dataclass(frozen=True, slots=True)
class History:
    """A page of the audit, the newest line first; `before` begins the next page."""

    lines: Sequence[Event]
    before: int | None


def case_board(session: Session, case_id: UUID) -> CaseBoard:
    row = session.execute(
        select(Case, Release, Account)
        .join(Release, Release.id == Case.release_id)
        .join(Account, Account.id == Case.owner_id)
        .where(Case.id == case_id)
    ).one_or_none()
    if row is None:
        raise NotFound(_("没有这个页面，或者您无权查看。"))
    case, release, owner = row
    return CaseBoard(
        case=case,
        release=release,
        owner=owner,
        items=session.scalars(
            select(WorkItem)
            .where(WorkItem.case_id == case_id)
            .order_by(WorkItem.closed_at.is_not(None), WorkItem.opened_at.desc(), WorkItem.id)
        ).all(),
        waits=session.scalars(
            select(CatchEvent)
            .where(CatchEvent.case_id == case_id)
            .order_by(CatchEvent.due_at.is_(None), CatchEvent.due_at, CatchEvent.id)
        ).all(),
        jobs=session.scalars(
            select(Job)
            .where(Job.case_id == case_id)
            .order_by(Job.created_at.desc(), Job.id)
            .limit(MOST_JOBS)
        ).all(),
        inbox=session.scalars(
            select(InboxMessage)
            .where(InboxMessage.case_id == case_id)
            .order_by(InboxMessage.received_at.desc(), InboxMessage.id)
        ).all(),
        incidents=session.scalars(
            select(Incident)
            .where(Incident.case_id == case_id)
            .order_by(Incident.opened_at.desc(), Incident.id)
        ).all(),
        said=_said(session, case_id),
        finished=_finished(session, case_id),
    )


def history(session: Session, case_id: UUID, before: int | None = None) -> History:
    """Return one page of the audit of a case."""
    lines = select(Event).where(Event.case_id == case_id).order_by(Event.number.desc())
    if before is not None:
        lines = lines.where(Event.number < before)
    found = session.scalars(lines.limit(LINES + 1)).all()
    shown = found[:LINES]
    return History(shown, shown[-1].number if len(found) > LINES else None)


def staff_names(session: Session, account_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Names of members of staff by account; a candidate's is personal and left out."""
    rows = session.scalars(
        select(Account)
        .where(Account.id.in_(set(account_ids)), Account.kind == AccountKind.STAFF)
        .order_by(Account.id)
    )
    return {account.id: account.name or account.username or "" for account in rows}


def _said(session: Session, case_id: UUID) -> list[Said]:
    answers = session.execute(
        select(Answer.id, Answer.element, Answer.given_by, Answer.given_at)
        .where(Answer.case_id == case_id)
        .order_by(Answer.given_at.desc(), Answer.id)
    )
    drafts = session.execute(
        select(Draft.id, Draft.element, Draft.account_id, Draft.saved_at)
        .where(Draft.case_id == case_id)
        .order_by(Draft.saved_at.desc(), Draft.id)
    )
    return [
        *(Said(*row, is_draft=True) for row in drafts),
        *(Said(*row, is_draft=False) for row in answers),
    ]


def _finished(session: Session, case_id: UUID) -> frozenset[str]:
    elements = session.scalars(
        select(Event.element)
        .where(Event.case_id == case_id, Event.kind == "step finished")
        .distinct()
    )
    return frozenset(element for element in elements if element)
