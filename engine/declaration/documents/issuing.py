"""Ask for documents: a new version of each, printed by a job, in place of the one before."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.declaration.documents.answers import delivery_of
from engine.declaration.models import Declaration, DocumentIssue, DocumentKind, IssueState
from engine.documents import verification_code
from engine.jobs import enqueue
from engine.payments import orders

ISSUE = "declaration.issue_document"
ALWAYS = (
    DocumentKind.REGISTRATION_FORM,
    DocumentKind.APPLICATION_FORM,
    DocumentKind.TRANSCRIPT,
)


def request_all(session: Session, declaration: Declaration, *, now: datetime) -> int:
    """Have every document of the declaration printed anew; return how many."""
    for issue in current_issues(session, declaration):
        issue.superseded_at = now
    return _request(session, declaration, kinds_of(session, declaration), now)


def request_failed(session: Session, declaration: Declaration, *, now: datetime) -> int:
    """Have only those printed anew that could not be printed; return how many."""
    failed = [
        issue for issue in current_issues(session, declaration) if issue.state == IssueState.REFUSED
    ]
    for issue in failed:
        issue.superseded_at = now
    return _request(session, declaration, [DocumentKind(issue.kind) for issue in failed], now)


def current_issues(session: Session, declaration: Declaration) -> Sequence[DocumentIssue]:
    """Return the newest version of each document, in the order of the print centre."""
    issues = session.scalars(
        select(DocumentIssue)
        .where(
            DocumentIssue.declaration_id == declaration.id, DocumentIssue.superseded_at.is_(None)
        )
        .order_by(DocumentIssue.version)
    )
    places = list(DocumentKind)
    return sorted(issues, key=lambda issue: places.index(DocumentKind(issue.kind)))


def kinds_of(session: Session, declaration: Declaration) -> list[DocumentKind]:
    """Name the documents that this declaration has, by what was chosen and paid."""
    found = list(ALWAYS)
    if delivery_of(session, declaration) is not None:
        found.append(DocumentKind.MAILING_SLIP)
    if orders.paid_of(session, declaration.case_id) is not None:
        found.append(DocumentKind.RECEIPT)
    return found


def _request(
    session: Session, declaration: Declaration, kinds: Iterable[DocumentKind], now: datetime
) -> int:
    last = dict(
        session.execute(
            select(DocumentIssue.kind, func.max(DocumentIssue.version))
            .where(DocumentIssue.declaration_id == declaration.id)
            .group_by(DocumentIssue.kind)
        ).all()
    )
    issues = [_issue(declaration, kind, last.get(kind, 0) + 1, now) for kind in kinds]
    session.add_all(issues)
    session.flush()
    for issue in issues:
        enqueue(
            session,
            ISSUE,
            {"issue": str(issue.id)},
            now=now,
            key=f"{ISSUE}:{issue.id}",
            case_id=declaration.case_id,
        )
    return len(issues)


def _issue(
    declaration: Declaration, kind: DocumentKind, version: int, now: datetime
) -> DocumentIssue:
    id_ = uuid4()
    return DocumentIssue(
        id=id_,
        declaration_id=declaration.id,
        kind=kind,
        version=version,
        state=IssueState.REQUESTED,
        verification_code=verification_code(id_),
        requested_at=now,
    )
