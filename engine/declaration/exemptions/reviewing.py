"""Certificates go to the reviewers and come back decided or recalled; every decision is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.declaration import matches
from engine.declaration.exemptions.choosing import drafts_of
from engine.declaration.models import (
    Certificate,
    CertificateSubmission,
    Declaration,
    Exemption,
    ExemptionDecision,
    ExemptionState,
    SubmissionState,
)
from engine.errors import Conflict
from engine.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Decided:
    """A reviewer's word on one exemption, about the version that they saw.

    An exemption keeps its certificate and a certificate its picture: the version pins both."""

    exemption_id: UUID
    version: int
    is_approved: bool
    reason_code: str | None
    reason_text: str | None


def hand_in(
    session: Session,
    declaration: Declaration,
    *,
    remind_after: timedelta,
    due_after: timedelta,
    now: datetime,
) -> CertificateSubmission:
    """Hand in everything chosen and not yet decided: what the reviewers' hours are counted for.

    A submission that is open already takes up what came to it; its hours run on."""
    submission = open_submission(session, declaration.id) or _opened(
        session, declaration, remind_at=now + remind_after, due_at=now + due_after, now=now
    )
    for exemption in drafts_of(session, declaration.id):
        exemption.state, exemption.submission_id = ExemptionState.SUBMITTED, submission.id
    session.flush()
    return submission


def open_submission(session: Session, declaration_id: UUID) -> CertificateSubmission | None:
    """Return what is being reviewed, as it stands in the tables at this moment."""
    return session.scalar(
        select(CertificateSubmission)
        .where(
            CertificateSubmission.declaration_id == declaration_id,
            CertificateSubmission.state == SubmissionState.OPEN,
        )
        .options(
            selectinload(CertificateSubmission.exemptions)
            .selectinload(Exemption.certificate)
            .selectinload(Certificate.type),
            selectinload(CertificateSubmission.exemptions).selectinload(Exemption.decisions),
        )
        .execution_options(populate_existing=True)
    )


def recall_open_submission(session: Session, declaration_id: UUID, *, now: datetime) -> bool:
    """Take back what is being reviewed; False when nothing was."""
    submission = open_submission(session, declaration_id)
    if submission is None:
        return False
    submission.state, submission.closed_at = SubmissionState.RECALLED, now
    _give_back(submission.exemptions)
    session.flush()
    return True


def decide(
    session: Session,
    submission: CertificateSubmission,
    decisions: Iterable[Decided],
    *,
    reviewer_id: UUID,
    now: datetime,
) -> None:
    """Keep a reviewer's decisions, each on the version and the evidence that was shown."""
    waiting = {e.id: e for e in submission.exemptions if e.state == ExemptionState.SUBMITTED}
    for decided in decisions:
        exemption = waiting.pop(decided.exemption_id, None)
        if exemption is None or exemption.version != decided.version:
            raise _stale()
        exemption.decisions.append(
            ExemptionDecision(
                exemption_id=exemption.id,
                submission_id=submission.id,
                certificate_id=exemption.certificate_id,
                version=exemption.version,
                evidence_hash=exemption.certificate.evidence_hash,
                is_approved=decided.is_approved,
                reason_code=decided.reason_code,
                reason_text=decided.reason_text,
                decided_at=now,
                decided_by=reviewer_id,
            )
        )
    if waiting:
        raise _stale()
    session.flush()


def apply_decisions(session: Session, declaration: Declaration, now: datetime) -> tuple[int, int]:
    """Let the kept decisions take effect; return how many were approved and refused.

    What nobody decided on is the candidate's again."""
    submission = open_submission(session, declaration.id)
    if submission is None:
        return 0, 0
    effective = [_apply(decision, now) for decision in _kept_for(session, submission)]
    _give_back(submission.exemptions)
    submission.state, submission.closed_at = SubmissionState.DECIDED, now
    session.flush()
    matches.mark_stale(session, declaration)
    return effective.count(True), effective.count(False)


def decisions_of(session: Session, declaration_id: UUID) -> Sequence[ExemptionDecision]:
    """Everything decided so far on the declaration, oldest first, replaced certificates too."""
    return session.scalars(
        select(ExemptionDecision)
        .join(ExemptionDecision.exemption)
        .where(
            Exemption.declaration_id == declaration_id, ExemptionDecision.applied_at.is_not(None)
        )
        .options(selectinload(ExemptionDecision.exemption).selectinload(Exemption.certificate))
        .order_by(ExemptionDecision.decided_at, Exemption.course_code)
    ).all()


def _opened(
    session: Session,
    declaration: Declaration,
    *,
    remind_at: datetime,
    due_at: datetime,
    now: datetime,
) -> CertificateSubmission:
    submission = CertificateSubmission(
        declaration_id=declaration.id,
        state=SubmissionState.OPEN,
        submitted_at=now,
        remind_at=remind_at,
        due_at=due_at,
    )
    session.add(submission)
    session.flush()
    return submission


def _give_back(exemptions: Iterable[Exemption]) -> None:
    """Make what is still being reviewed a draft again."""
    for exemption in exemptions:
        if exemption.state == ExemptionState.SUBMITTED:
            exemption.state, exemption.submission_id = ExemptionState.DRAFT, None


def _stale() -> Conflict:
    return Conflict(_("考生已更换证书，请刷新页面后重新审核。"))


def _kept_for(session: Session, submission: CertificateSubmission) -> Sequence[ExemptionDecision]:
    return session.scalars(
        select(ExemptionDecision)
        .where(
            ExemptionDecision.submission_id == submission.id,
            ExemptionDecision.applied_at.is_(None),
        )
        .options(selectinload(ExemptionDecision.exemption))
        .order_by(ExemptionDecision.decided_at, ExemptionDecision.id)
    ).all()


def _apply(decision: ExemptionDecision, now: datetime) -> bool:
    exemption = decision.exemption
    exemption.state = ExemptionState.APPROVED if decision.is_approved else ExemptionState.REFUSED
    exemption.reason_code, exemption.reason_text = decision.reason_code, decision.reason_text
    exemption.decided_at, exemption.decided_by = decision.decided_at, decision.decided_by
    decision.applied_at = now
    return decision.is_approved
