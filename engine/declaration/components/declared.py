"""A whole declaration as the reviewer at the counter reads it: what was said, and what changed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases import Look, values
from engine.declaration import codes, exemptions, information, reviewing
from engine.declaration.certificate_words import reason_of
from engine.declaration.components.identity_summary import IdentitySummary
from engine.declaration.documents.answers import delivery_of, information_of
from engine.declaration.documents.subjects import Subject
from engine.declaration.facts import facts_about
from engine.declaration.models import Certificate, Declaration, Exemption, OnSiteReview
from engine.forms.nested import copied, put
from engine.i18n import chosen
from engine.i18n import gettext as _

ADDRESS = ("city", "county", "address", "recipient", "mobile")


def context_of(look: Look, declaration: Declaration) -> dict[str, Any]:
    """Return what the expressions of the information page read."""
    return {
        **facts_about(look, declaration),
        "identity": IdentitySummary().facts(look, {}),
        "settings": look.settings,
        "__now__": look.now,
    }


def sections(
    look: Look, declaration: Declaration, answer: Mapping[str, Any] | None = None
) -> list[information.Section]:
    """The information page in words; that of an earlier answer, if one is given."""
    said = information_of(look.session, declaration) if answer is None else answer
    form = look.forms[information.INFORMATION]
    return information.sections_of(form, said, context_of(look, declaration))


def changes(
    look: Look, declaration: Declaration, reviews: Sequence[OnSiteReview]
) -> dict[str, dict[str, Any]]:
    """Return by field what was said before the last return, where it was corrected since."""
    rows = [row for row in (reviews[-1].corrections if reviews else ()) if row.corrected_at]
    if not rows:
        return {}
    earlier = copied(information_of(look.session, declaration))
    for row in rows:
        put(earlier, row.field, values.loads(row.before))
    lines = information.lines_by_name(sections(look, declaration, earlier))
    return {
        row.field: {
            "before": lines[row.field].text if row.field in lines else "",
            "file_id": _file_id(values.loads(row.before)),
            "reason": reviewing.reason_words(row.reason),
            "is_same": row.before == row.after,
        }
        for row in rows
    }


def subject_lines(subject: Subject) -> list[tuple[str, str]]:
    """The declaration's head, as pairs of label and text."""
    return [
        (_("姓名"), subject.name),
        (_("身份证号"), subject.id_number),
        (_("准考证号"), subject.admission_number),
        (_("专业"), subject.major),
        (_("申报类别"), subject.category),
        (_("现场审核地点"), subject.site),
        (_("批次"), subject.batch),
    ]


def delivery(session: Session, declaration: Declaration) -> str:
    """Say how the registration form reaches the candidate."""
    found = delivery_of(session, declaration)
    if found is None:
        return _("现场领取")
    province = codes.label_of(codes.PROVINCES, found.get("province"))
    parts = [province, *(str(found.get(name) or "") for name in ADDRESS)]
    return _("邮寄：%(address)s", address=" ".join(part for part in parts if part))


def certificates(session: Session, declaration_id: UUID) -> list[dict[str, Any]]:
    """The certificates with what was decided about each course."""
    return [_certificate(row) for row in exemptions.certificates_of(session, declaration_id)]


def round_of(review: OnSiteReview) -> dict[str, Any]:
    return {
        "round": review.round,
        "outcome": review.outcome,
        "reason": review.reason or "",
        "at": review.reviewed_at,
        "originals": [codes.label_of(codes.ORIGINALS, code) for code in review.originals],
        "marks": [
            (row.field, reviewing.reason_words(row.reason))
            for row in sorted(review.corrections, key=lambda row: row.field)
        ],
    }


def _certificate(row: Certificate) -> dict[str, Any]:
    return {
        "type": chosen(row.type.name, row.type.name_en),
        "file_id": row.file_id,
        "exemptions": [_exemption(e) for e in row.exemptions if e.removed_at is None],
    }


def _exemption(row: Exemption) -> dict[str, Any]:
    return {
        "course": row.course_code,
        "state": row.state,
        "reason": reason_of(row),
        "decided_at": row.decided_at,
    }


def _file_id(value: Any) -> str | None:
    return str(value["file_id"]) if isinstance(value, Mapping) and "file_id" in value else None
