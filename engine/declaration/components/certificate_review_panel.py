"""证书审核: what was handed in, held against what is known, decided course by course."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Look, Work
from engine.declaration import certificate_fields, codes, exemptions
from engine.declaration.exemptions import Decided
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Exemption
from engine.declaration.plan_reading import course_names
from engine.errors import Conflict
from engine.forms import FieldError, Submitted
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people.masks import mask_id_number
from engine.people.models import Account

LONGEST_REASON = 200
OTHER = "other"


class CertificateReviewPanel(Component):
    """Value: one decision for each exemption of the open submission."""

    type: ClassVar[str] = "certificate_review_panel"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        submission = exemptions.open_submission(look.session, declaration.id)
        account = look.session.get_one(Account, look.owner_id)
        rows = sorted(submission.exemptions, key=lambda e: e.course_code) if submission else []
        names = course_names(look.session)
        return {
            "exemptions": [_described(row, names.get(row.course_code, "")) for row in rows],
            "candidate": {
                "name": account.name,
                "id_number": mask_id_number(account.id_number or ""),
                "admission_number": declaration.entry.admission_number,
                "plan": chosen(declaration.plan.major_name, declaration.plan.major_name_en),
            },
            "submitted_at": submission.submitted_at if submission else None,
            "due_at": submission.due_at if submission else None,
            "reasons": codes.CERTIFICATE_REFUSALS,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        errors: dict[str, str] = {}
        decided = [
            self._decided(row, submitted, errors)
            for row in context[str(definition["key"])]["exemptions"]
        ]
        if errors:
            raise FieldError(errors)
        return decided

    def store(self, work: Work, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        submission = exemptions.open_submission(work.session, declaration.id)
        if submission is None:
            raise Conflict(_("考生已撤回提交，不需要再审核。"))
        exemptions.decide(
            work.session, submission, value, reviewer_id=work.person.account_id, now=work.now
        )
        return None

    def _decided(
        self, row: Mapping[str, Any], submitted: Submitted, errors: dict[str, str]
    ) -> Decided:
        name = row["id"]
        verdict = submitted.first(f"verdict.{name}")
        reason = submitted.first(f"reason.{name}")
        text = submitted.first(f"text.{name}").strip()
        if verdict not in ("approve", "refuse"):
            errors[f"verdict.{name}"] = _("请作出决定：通过或不通过。")
        if verdict == "refuse" and reason not in {
            code.value for code in codes.CERTIFICATE_REFUSALS
        }:
            errors[f"reason.{name}"] = _("请选择不通过的原因。")
        if verdict == "refuse" and reason == OTHER and not text:
            errors[f"text.{name}"] = _("请写明原因。")
        if len(text) > LONGEST_REASON:
            errors[f"text.{name}"] = _("说明最多 %(n)s 个字。", n=LONGEST_REASON)
        is_approved = verdict == "approve"
        version = submitted.first(f"version.{name}")
        return Decided(
            exemption_id=UUID(name),
            version=int(version) if version.isdigit() else 0,
            is_approved=is_approved,
            reason_code=None if is_approved else reason,
            reason_text=None if is_approved else (text or None),
        )


def _described(row: Exemption, course_name: str) -> dict[str, Any]:
    certificate = row.certificate
    words = certificate_fields.labels()
    stated = json.loads(certificate.details or "{}")
    return {
        "id": str(row.id),
        "version": row.version,
        "course": f"{row.course_code} {course_name}".strip(),
        "type": chosen(certificate.type.name, certificate.type.name_en),
        "file_id": certificate.file_id,
        "uploaded_at": certificate.created_at,
        "facts": [(words.get(name, name), text) for name, text in stated.items()],
        "history": [
            {
                "at": decision.decided_at,
                "is_approved": decision.is_approved,
                "reason": decision.reason_text
                or codes.label_of(codes.CERTIFICATE_REFUSALS, decision.reason_code),
            }
            for decision in row.decisions
        ],
    }
