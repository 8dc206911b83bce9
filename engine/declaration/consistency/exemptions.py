"""Exemptions: none without the word of a reviewer who held the claim and saw that evidence."""

from collections.abc import Iterator

from sqlalchemy import and_, exists, not_, or_, select

from engine.cases.models import Case, Event
from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import (
    Certificate,
    CertificateSubmission,
    Declaration,
    DeclarationState,
    Exemption,
    ExemptionDecision,
    ExemptionState,
    SubmissionState,
)

DECIDED = (ExemptionState.APPROVED, ExemptionState.REFUSED)


def decided_by_a_decision(survey: Survey) -> Iterator[Finding]:
    """A decided exemption has an applied decision on the same version and evidence."""
    decision = exists().where(
        ExemptionDecision.exemption_id == Exemption.id,
        ExemptionDecision.certificate_id == Exemption.certificate_id,
        ExemptionDecision.version == Exemption.version,
        ExemptionDecision.evidence_hash == Certificate.evidence_hash,
        ExemptionDecision.decided_by == Exemption.decided_by,
        ExemptionDecision.applied_at.is_not(None),
        ExemptionDecision.is_approved == (Exemption.state == ExemptionState.APPROVED),
    )
    for exemption in survey.each(
        select(Exemption)
        .join(Exemption.certificate)
        .where(Exemption.state.in_(DECIDED), not_(decision))
        .order_by(Exemption.id)
    ):
        yield (
            f"exemption {exemption.id}",
            f"course {exemption.course_code} is {exemption.state} without a decision on it",
        )


def decided_under_a_claim(survey: Survey) -> Iterator[Finding]:
    """Whoever decided had claimed a work item of the case before, and is not its owner."""
    claim = exists().where(
        Event.case_id == Declaration.case_id,
        Event.kind == "work item claimed",
        Event.actor_id == ExemptionDecision.decided_by,
        Event.at <= ExemptionDecision.decided_at,
    )
    for decision_id, number in survey.rows(
        select(ExemptionDecision.id, Case.number)
        .join(Exemption, Exemption.id == ExemptionDecision.exemption_id)
        .join(Declaration, Declaration.id == Exemption.declaration_id)
        .join(Case, Case.id == Declaration.case_id)
        .where(or_(not_(claim), ExemptionDecision.decided_by == Declaration.owner_id))
        .order_by(ExemptionDecision.id)
    ):
        yield f"decision {decision_id}", f"made without a claim in case {number}"


def submissions_fit(survey: Survey) -> Iterator[Finding]:
    """What is being reviewed belongs to an open submission of an open declaration."""
    under_review = Exemption.state == ExemptionState.SUBMITTED
    is_open = CertificateSubmission.state == SubmissionState.OPEN
    for exemption in survey.each(
        select(Exemption)
        .outerjoin(Exemption.submission)
        .where(
            or_(
                and_(under_review, or_(CertificateSubmission.id.is_(None), not_(is_open))),
                and_(
                    Exemption.state.in_(DECIDED),
                    or_(
                        CertificateSubmission.id.is_(None),
                        CertificateSubmission.state != SubmissionState.DECIDED,
                    ),
                ),
            )
        )
        .order_by(Exemption.id)
    ):
        yield f"exemption {exemption.id}", f"{exemption.state}, but its submission is not"
    for submission_id, state in survey.rows(
        select(CertificateSubmission.id, Declaration.state)
        .join(Declaration, Declaration.id == CertificateSubmission.declaration_id)
        .where(is_open, Declaration.state != DeclarationState.OPEN)
        .order_by(CertificateSubmission.id)
    ):
        yield f"submission {submission_id}", f"open, and its declaration is {state}"
