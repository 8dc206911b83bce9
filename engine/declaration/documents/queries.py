"""What pages ask about documents: the candidate's list, one PDF, a code that anyone may check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.declaration import codes, seats
from engine.declaration.documents.issuing import current_issues
from engine.declaration.documents.subjects import batch_words
from engine.declaration.lookups import find_declaration
from engine.declaration.models import (
    Declaration,
    DeclarationState,
    DocumentIssue,
    IssueState,
)
from engine.documents import typed_code
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people.masks import mask_name

VOID = frozenset({DeclarationState.WITHDRAWN, DeclarationState.EXPIRED, DeclarationState.REFUSED})


@dataclass(frozen=True, slots=True)
class Summary:
    """What the home page says of a declaration; `batch` is None until a seat is taken."""

    admission_number: str
    plan_name: str
    batch: str | None


@dataclass(frozen=True, slots=True)
class Issued:
    """A printed document; `state` is `printable`, `making` or `refused`, `word` says it."""

    id: UUID
    kind: str
    title: str
    version: int
    state: str
    word: str
    requested_at: datetime
    issued_at: datetime | None
    sha256: str | None
    problem: str | None

    @property
    def is_printable(self) -> bool:
        return self.state == "printable"


@dataclass(frozen=True, slots=True)
class Verified:
    title: str
    masked_name: str
    issued_at: datetime
    state: str


def summary_of(session: Session, case_id: UUID) -> Summary | None:
    declaration = find_declaration(session, case_id)
    if declaration is None:
        return None
    plan = declaration.plan
    seat = seats.seat_of(session, declaration.id)
    site = seat.batch.site if seat else None
    return Summary(
        admission_number=declaration.entry.admission_number,
        plan_name=f"{chosen(plan.major_name, plan.major_name_en)} {plan.major_code}",
        batch=f"{chosen(site.name, site.name_en)} {batch_words(seat.batch)}"
        if seat and site
        else None,
    )


def issues_of(session: Session, case_id: UUID) -> list[Issued]:
    """The documents that can be printed now, in the order of the print centre."""
    declaration = find_declaration(session, case_id)
    found = map(issued, current_issues(session, declaration)) if declaration else ()
    return [document for document in found if document.is_printable]


def superseded_of(session: Session, declaration: Declaration) -> list[Issued]:
    """The versions that were printed and no longer hold, newest first."""
    rows: Sequence[DocumentIssue] = session.scalars(
        select(DocumentIssue)
        .where(
            DocumentIssue.declaration_id == declaration.id,
            DocumentIssue.superseded_at.is_not(None),
            DocumentIssue.state == IssueState.ISSUED,
        )
        .order_by(DocumentIssue.issued_at.desc(), DocumentIssue.kind)
    ).all()
    return list(map(issued, rows))


def issued_to(session: Session, issue_id: UUID, account_id: UUID) -> Issued | None:
    """Return the printed document if it is this person's and still holds."""
    found = session.scalar(
        select(DocumentIssue)
        .join(Declaration, Declaration.id == DocumentIssue.declaration_id)
        .where(
            DocumentIssue.id == issue_id,
            DocumentIssue.state == IssueState.ISSUED,
            DocumentIssue.superseded_at.is_(None),
            Declaration.owner_id == account_id,
        )
    )
    return issued(found) if found else None


def verify(session: Session, code: str) -> Verified | None:
    """Say of a typed code which document it is on and whether that still holds; no more."""
    written = typed_code(code)
    issue = written and session.scalar(
        select(DocumentIssue).where(
            DocumentIssue.verification_code == written, DocumentIssue.state == IssueState.ISSUED
        )
    )
    if not issue or issue.issued_at is None:
        return None
    declaration = session.get_one(Declaration, issue.declaration_id)
    return Verified(
        title=codes.label_of(codes.DOCUMENTS, issue.kind),
        masked_name=mask_name(declaration.entry.name or ""),
        issued_at=issue.issued_at,
        state=_standing(issue, declaration),
    )


def issued(issue: DocumentIssue) -> Issued:
    state, word = _state(issue)
    return Issued(
        id=issue.id,
        kind=issue.kind,
        title=codes.label_of(codes.DOCUMENTS, issue.kind),
        version=issue.version,
        state=state,
        word=word,
        requested_at=issue.requested_at,
        issued_at=issue.issued_at,
        sha256=issue.sha256,
        problem=issue.problem,
    )


def _state(issue: DocumentIssue) -> tuple[str, str]:
    if issue.superseded_at is not None:
        return "superseded", _("已失效")
    return {
        IssueState.REQUESTED: ("making", _("生成中")),
        IssueState.ISSUED: ("printable", _("可打印")),
        IssueState.REFUSED: ("refused", _("无法打印")),
    }[IssueState(issue.state)]


def _standing(issue: DocumentIssue, declaration: Declaration) -> str:
    if declaration.state in VOID:
        return _("已失效：这次申报已撤回或未通过")
    if issue.superseded_at is not None:
        return _("已失效：有更新的版本")
    return _("有效")
