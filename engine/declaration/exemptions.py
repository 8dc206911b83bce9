"""Certificates and the courses they exempt from: chosen, handed in, decided, taken back."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from engine.db import lookup_index
from engine.declaration import matches
from engine.declaration.models import (
    Certificate,
    CertificateNumber,
    CertificateSubmission,
    CertificateType,
    Declaration,
    Exemption,
    ExemptionDecision,
    ExemptionState,
    PlanCourse,
    SubmissionState,
)
from engine.errors import Conflict, NotFound, Refused
from engine.i18n import gettext as _

Decide = Callable[[str, Mapping[str, Any]], Any]
DECISION = "exemption"
OPEN_STATES = (ExemptionState.DRAFT, ExemptionState.SUBMITTED)


class NumberUsed(Refused):
    """Another candidate has handed in a certificate with this number."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the candidate states about a certificate, checked against its type."""

    type_id: str
    number: str
    score: int | None
    level: str | None
    issued_on: date | None
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """A reviewer's word on one exemption, about the version and the evidence they saw."""

    exemption_id: UUID
    version: int
    is_approved: bool
    reason_code: str | None
    reason_text: str | None


def types_of(session: Session) -> Sequence[CertificateType]:
    return session.scalars(
        select(CertificateType)
        .where(CertificateType.is_enabled)
        .order_by(CertificateType.position, CertificateType.id)
    ).all()


def certificates_of(session: Session, declaration_id: UUID) -> Sequence[Certificate]:
    """The declaration's certificates with their exemptions and what was decided on them."""
    return session.scalars(
        select(Certificate)
        .where(Certificate.declaration_id == declaration_id, Certificate.deleted_at.is_(None))
        .options(
            selectinload(Certificate.type),
            selectinload(Certificate.exemptions).selectinload(Exemption.decisions),
        )
        .order_by(Certificate.created_at, Certificate.id)
    ).all()


def exemptions_of(session: Session, declaration_id: UUID) -> Sequence[Exemption]:
    """The exemptions that were not removed, by course code."""
    return session.scalars(
        select(Exemption)
        .where(Exemption.declaration_id == declaration_id, Exemption.removed_at.is_(None))
        .options(selectinload(Exemption.certificate).selectinload(Certificate.type))
        .order_by(Exemption.course_code)
    ).all()


def add_certificate(
    session: Session,
    declaration: Declaration,
    facts: CertificateFacts,
    *,
    file_id: UUID,
    evidence_hash: str,
    now: datetime,
) -> Certificate:
    """Keep a certificate. One number belongs to one candidate."""
    require_not_frozen(declaration)
    index = lookup_index(facts.number, "certificate")
    holder = session.get(CertificateNumber, index)
    if holder is not None and holder.owner_id != declaration.owner_id:
        raise NumberUsed(_("这个证书编号已被使用，请核对；如确为本人证书，请联系工作人员。"))
    if holder is None:
        session.add(CertificateNumber(number_index=index, owner_id=declaration.owner_id))
    certificate = Certificate(
        declaration_id=declaration.id,
        owner_id=declaration.owner_id,
        type_id=facts.type_id,
        number=facts.number,
        number_index=index,
        details=json.dumps(dict(facts.details), ensure_ascii=False),
        score=facts.score,
        level=facts.level,
        issued_on=facts.issued_on,
        file_id=file_id,
        evidence_hash=evidence_hash,
        version=1,
        created_at=now,
    )
    session.add(certificate)
    session.flush()
    return certificate


def delete_certificate(
    session: Session, declaration: Declaration, certificate_id: UUID, now: datetime
) -> None:
    """Delete a certificate and what it exempted from; refused while it is being reviewed."""
    require_not_frozen(declaration)
    certificate = _own(session, declaration, certificate_id)
    exemptions = _active(session, certificate.id)
    if any(e.state == ExemptionState.SUBMITTED for e in exemptions):
        raise Conflict(_("这张证书正在审核，请先撤回提交，再删除。"))
    for exemption in exemptions:
        exemption.removed_at = now
    certificate.deleted_at = now
    session.flush()
    others = session.scalar(
        select(Certificate.id)
        .where(
            Certificate.number_index == certificate.number_index, Certificate.deleted_at.is_(None)
        )
        .limit(1)
    )
    if others is None:
        session.execute(
            delete(CertificateNumber).where(
                CertificateNumber.number_index == certificate.number_index
            )
        )
    matches.mark_stale(session, declaration)


def courses_for(decide: Decide, certificate: Certificate) -> tuple[frozenset[str], str]:
    """Ask the decision table which courses a certificate exempts from, and how many of them."""
    answer = decide(
        DECISION,
        {
            "certificate_type": certificate.type_id,
            "level": certificate.level,
            "score": certificate.score,
        },
    )
    if not answer or not answer.get("courses"):
        return frozenset(), "one"
    return frozenset(answer["courses"].split(",")), str(answer["how"])


def choose(
    session: Session,
    declaration: Declaration,
    certificate_id: UUID,
    course_code: str,
    *,
    decide: Decide,
    now: datetime,
) -> list[Exemption]:
    """对顶选择: let a certificate stand for a course, and for its other half where both go
    together. What was chosen for the course before, and is not decided, is replaced."""
    require_not_frozen(declaration)
    certificate = _own(session, declaration, certificate_id)
    allowed, how = courses_for(decide, certificate)
    pair = _with_other_half(session, declaration, course_code)
    wanted = pair if how in ("pair", "all") else {course_code}
    if not wanted <= allowed:
        raise Refused(_("这张证书不能免考所选课程，请选择其他证书。"))
    if how == "one":
        _free(_active(session, certificate.id), keep=course_code, now=now)
    _replace(session, declaration, wanted, now)
    chosen = [
        Exemption(
            declaration_id=declaration.id,
            certificate_id=certificate.id,
            course_code=code,
            state=ExemptionState.DRAFT,
            version=1 + _earlier(session, declaration, certificate.id, code),
            chosen_at=now,
        )
        for code in sorted(wanted)
    ]
    session.add_all(chosen)
    session.flush()
    return chosen


def drop_choice(
    session: Session, declaration: Declaration, course_code: str, now: datetime
) -> None:
    """Take back what was chosen for a course; what is being reviewed stays."""
    require_not_frozen(declaration)
    _replace(session, declaration, _with_other_half(session, declaration, course_code), now)
    matches.mark_stale(session, declaration)


def drafts_of(session: Session, declaration_id: UUID) -> list[Exemption]:
    rows = exemptions_of(session, declaration_id)
    return [row for row in rows if row.state == ExemptionState.DRAFT]


def hand_in(
    session: Session,
    declaration: Declaration,
    *,
    remind_after: timedelta,
    due_after: timedelta,
    now: datetime,
) -> CertificateSubmission:
    """Hand in everything chosen and not yet decided: what the reviewers' hours are counted for."""
    submission = CertificateSubmission(
        declaration_id=declaration.id,
        state=SubmissionState.OPEN,
        submitted_at=now,
        remind_at=now + remind_after,
        due_at=now + due_after,
    )
    session.add(submission)
    session.flush()
    for exemption in drafts_of(session, declaration.id):
        exemption.state, exemption.submission_id = ExemptionState.SUBMITTED, submission.id
    return submission


def open_submission(session: Session, declaration_id: UUID) -> CertificateSubmission | None:
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
    )


def recall_open_submission(session: Session, declaration_id: UUID, *, now: datetime) -> bool:
    """Take back what is being reviewed; False when nothing was."""
    submission = open_submission(session, declaration_id)
    if submission is None:
        return False
    submission.state, submission.closed_at = SubmissionState.RECALLED, now
    for exemption in submission.exemptions:
        if exemption.state == ExemptionState.SUBMITTED:
            exemption.state, exemption.submission_id = ExemptionState.DRAFT, None
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
    by_id = {exemption.id: exemption for exemption in submission.exemptions}
    for decided in decisions:
        exemption = by_id.get(decided.exemption_id)
        if exemption is None or exemption.version != decided.version:
            raise Conflict(_("考生已更换证书，请刷新页面后重新审核。"))
        session.add(
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
    session.flush()


def apply_decisions(session: Session, declaration: Declaration, now: datetime) -> tuple[int, int]:
    """Let the kept decisions take effect; return how many were approved and refused."""
    submission = open_submission(session, declaration.id)
    if submission is None:
        return 0, 0
    approved = refused = 0
    for exemption in submission.exemptions:
        for decision in exemption.decisions:
            if decision.submission_id != submission.id or decision.applied_at is not None:
                continue
            exemption.state = (
                ExemptionState.APPROVED if decision.is_approved else ExemptionState.REFUSED
            )
            exemption.reason_code = decision.reason_code
            exemption.reason_text = decision.reason_text
            exemption.decided_at, exemption.decided_by = decision.decided_at, decision.decided_by
            decision.applied_at = now
            approved += decision.is_approved
            refused += not decision.is_approved
    submission.state, submission.closed_at = SubmissionState.DECIDED, now
    matches.mark_stale(session, declaration)
    return approved, refused


def require_not_frozen(declaration: Declaration) -> None:
    if declaration.is_frozen:
        raise Conflict(_("申报已经提交，证书不能再变更。"))


def _own(session: Session, declaration: Declaration, certificate_id: UUID) -> Certificate:
    certificate = session.get(Certificate, certificate_id)
    if (
        certificate is None
        or certificate.declaration_id != declaration.id
        or certificate.deleted_at is not None
    ):
        raise NotFound(_("没有这张证书。"))
    return certificate


def _active(session: Session, certificate_id: UUID) -> Sequence[Exemption]:
    return session.scalars(
        select(Exemption)
        .where(Exemption.certificate_id == certificate_id, Exemption.removed_at.is_(None))
        .order_by(Exemption.course_code)
    ).all()


def _free(exemptions: Iterable[Exemption], *, keep: str, now: datetime) -> None:
    """A certificate that stands for one course lets go of the other."""
    for exemption in exemptions:
        if exemption.course_code == keep:
            continue
        if exemption.state not in (ExemptionState.DRAFT, ExemptionState.REFUSED):
            raise Conflict(_("这张证书已经用于其他课程。"))
        exemption.removed_at = now


def _replace(
    session: Session, declaration: Declaration, codes: Iterable[str], now: datetime
) -> None:
    wanted = set(codes)
    for exemption in exemptions_of(session, declaration.id):
        if exemption.course_code not in wanted:
            continue
        if exemption.state == ExemptionState.SUBMITTED:
            raise Conflict(_("这门课的证书正在审核，请先撤回提交。"))
        exemption.removed_at = now
    session.flush()


def _earlier(session: Session, declaration: Declaration, certificate_id: UUID, code: str) -> int:
    return len(
        session.scalars(
            select(Exemption.id).where(
                Exemption.declaration_id == declaration.id,
                Exemption.certificate_id == certificate_id,
                Exemption.course_code == code,
            )
        ).all()
    )


def _with_other_half(session: Session, declaration: Declaration, code: str) -> set[str]:
    """Return the course and, of a theory and practice pair, the other half."""
    courses = session.scalars(
        select(PlanCourse).where(PlanCourse.plan_id == declaration.plan_id)
    ).all()
    halves = {c.code for c in courses if c.theory_code == code}
    halves |= {c.theory_code for c in courses if c.code == code and c.theory_code}
    return {code, *halves}
