"""Certificates as their owner and their reviewers see them: what is said, asked for, decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.declaration import certificate_words, exemptions
from engine.declaration.models import (
    Certificate,
    CertificateType,
    Declaration,
    Exemption,
    ExemptionDecision,
    ExemptionState,
    PlanCourse,
)
from engine.i18n import chosen
from engine.i18n import gettext as _

Courses = Mapping[str, PlanCourse]
Decisions = Sequence[ExemptionDecision]


def own(session: Session, declaration: Declaration) -> list[dict[str, Any]]:
    """The candidate's certificates, each with what became of it; numbers are masked."""
    rows = exemptions.certificates_of(session, declaration.id)
    if not rows:
        return []
    courses = exemptions.courses_of(session, declaration.plan_id)
    decided = exemptions.decisions_of(session, declaration.id)
    return [_own(row, courses, decided) for row in rows]


def to_review(
    session: Session, declaration: Declaration, asked: Iterable[Exemption]
) -> list[dict[str, Any]]:
    """The certificates handed in, each with its pictures, statements and courses to decide on."""
    courses = exemptions.courses_of(session, declaration.plan_id)
    decided = exemptions.decisions_of(session, declaration.id)
    by_certificate: dict[UUID, list[Exemption]] = {}
    for row in sorted(asked, key=_order):
        by_certificate.setdefault(row.certificate_id, []).append(row)
    return [_to_review(session, rows, courses, decided) for rows in by_certificate.values()]


def name_of(row: CertificateType) -> str:
    return chosen(row.name, row.name_en)


def _order(row: Exemption) -> tuple[datetime, str, str]:
    return row.certificate.created_at, str(row.certificate_id), row.course_code


def _own(row: Certificate, courses: Courses, decided: Decisions) -> dict[str, Any]:
    said = certificate_words.said_of(row)
    said["cert_no"] = certificate_words.masked_number(row.number or "")
    active = sorted(
        (e for e in row.exemptions if e.removed_at is None), key=lambda e: e.course_code
    )
    return {
        "id": str(row.id),
        "type": name_of(row.type),
        "version": row.version,
        "pictures": _pictures(row),
        "facts": [(certificate_words.label_of(name), text) for name, text in said.items()],
        "exemptions": [_exemption(e, courses) for e in active],
        "history": _history(row, courses, decided),
        "is_under_review": any(e.state == ExemptionState.SUBMITTED for e in active),
    }


def _to_review(
    session: Session, asked: list[Exemption], courses: Courses, decided: Decisions
) -> dict[str, Any]:
    certificate = asked[0].certificate
    earlier = exemptions.earlier_versions(session, certificate)
    before = certificate_words.said_of(earlier[-1]) if earlier else None
    return {
        "type": name_of(certificate.type),
        "version": certificate.version,
        "uploaded_at": certificate.created_at,
        "pictures": _pictures(certificate),
        "earlier": [{"version": e.version, "file_id": str(e.file_id)} for e in earlier],
        "facts": [
            {
                "label": certificate_words.label_of(name),
                "text": text,
                "before": None if before is None or before.get(name) == text else before.get(name),
            }
            for name, text in certificate_words.said_of(certificate).items()
        ],
        "history": _history(certificate, courses, decided),
        "asked": [_asked(rows, courses) for rows in _together(asked, courses)],
    }


def _together(asked: Iterable[Exemption], courses: Courses) -> list[list[Exemption]]:
    """Put the theory and the practice of a course together: they are decided together."""
    found: dict[str, list[Exemption]] = {}
    for row in asked:
        course = courses.get(row.course_code)
        theory = course.theory_code if course else None
        found.setdefault(theory or row.course_code, []).append(row)
    return list(found.values())


def _asked(rows: list[Exemption], courses: Courses) -> dict[str, Any]:
    """One decision to be made. `version` says which state of which exemptions was shown."""
    return {
        "id": str(rows[0].id),
        "members": [(row.id, row.version) for row in rows],
        "version": "-".join(str(row.version) for row in rows),
        "courses": [_course(row.course_code, courses) for row in rows],
        "credits": sum(courses[r.course_code].credits for r in rows if r.course_code in courses),
    }


def _pictures(row: Certificate) -> list[dict[str, str]]:
    return [
        {"file_id": file_id, "label": certificate_words.label_of(name)}
        for name, file_id in certificate_words.picture_ids(row).items()
    ]


def _exemption(row: Exemption, courses: Courses) -> dict[str, Any]:
    label, colour = {
        ExemptionState.DRAFT: (_("草稿"), "grey"),
        ExemptionState.SUBMITTED: (_("审核中"), "blue"),
        ExemptionState.APPROVED: (_("通过"), "green"),
        ExemptionState.REFUSED: (_("未通过"), "red"),
    }[ExemptionState(row.state)]
    return {
        "course": _course(row.course_code, courses),
        "label": label,
        "colour": colour,
        "reason": certificate_words.reason_of(row),
    }


def _history(row: Certificate, courses: Courses, decided: Decisions) -> list[dict[str, Any]]:
    """The decisions on this certificate and its earlier versions that no longer stand."""
    return [
        {
            "version": decision.exemption.certificate.version,
            "course": _course(decision.exemption.course_code, courses),
            "at": decision.decided_at,
            "is_approved": decision.is_approved,
            "reason": certificate_words.reason_of(decision),
        }
        for decision in decided
        if decision.exemption.removed_at is not None
        and decision.exemption.certificate.type_id == row.type_id
        and decision.exemption.certificate.number_index == row.number_index
    ]


def _course(code: str, courses: Courses) -> str:
    """`00015 英语（二）`; a code alone where the plan has changed meanwhile."""
    return f"{code} {courses[code].name}" if code in courses else code
