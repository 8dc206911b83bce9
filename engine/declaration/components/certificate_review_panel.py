"""证书审核: what was handed in, held against what is known, decided course by course."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look, Work
from engine.declaration import codes, exemptions
from engine.declaration.components import certificates_shown
from engine.declaration.exemptions import Decided
from engine.declaration.lookups import declaration_of
from engine.errors import Conflict
from engine.forms import FieldError, Submitted, normal
from engine.i18n import chosen
from engine.i18n import gettext as _
from engine.people.masks import mask_id_number, masked

LONGEST_REASON = 200
APPROVE, REFUSE = "approve", "refuse"
OTHER = "other"
"""The reason that says nothing by itself."""


class CertificateReviewPanel(Component):
    """Value: one decision for each exemption of the open submission."""

    type: ClassVar[str] = "certificate_review_panel"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        submission = exemptions.open_submission(look.session, declaration.id)
        asked = submission.exemptions if submission else []
        certificates = certificates_shown.to_review(look.session, declaration, asked)
        entry, plan = declaration.entry, declaration.plan
        return {
            "certificates": certificates,
            "exemptions": [asked for each in certificates for asked in each["asked"]],
            "candidate": {
                "name": entry.name,
                "id_number": masked(entry.id_number, mask_id_number),
                "admission_number": entry.admission_number,
                "plan": chosen(plan.major_name, plan.major_name_en),
            },
            "submitted_at": submission.submitted_at if submission else None,
            "due_at": submission.due_at if submission else None,
            "reasons": codes.CERTIFICATE_REFUSALS,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        errors: dict[str, str] = {}
        decided: list[Decided] = []
        for asked in context[str(definition["key"])]["exemptions"]:
            decided += _decided(asked, submitted, errors)
        if errors:
            raise FieldError(errors)
        return decided

    def store(self, work: Work, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        submission = exemptions.open_submission(work.session, declaration.id)
        if submission is None:
            raise Conflict(_("考生已收回送审，不需要再审核。"))
        exemptions.decide(
            work.session, submission, value, reviewer_id=work.person.account_id, now=work.now
        )
        return None


def _decided(
    asked: Mapping[str, Any], submitted: Submitted, errors: dict[str, str]
) -> list[Decided]:
    """Read one decision; it holds for every exemption that belongs together."""
    name = asked["id"]
    verdict, reason = submitted.first(f"verdict.{name}"), submitted.first(f"reason.{name}")
    text = normal.one_line(submitted.first(f"text.{name}"))
    if verdict not in (APPROVE, REFUSE):
        errors[f"verdict.{name}"] = _("请作出决定：通过或不通过。")
    if verdict == REFUSE and reason not in {code.value for code in codes.CERTIFICATE_REFUSALS}:
        errors[f"reason.{name}"] = _("请选择不通过的原因。")
    if verdict == REFUSE and reason == OTHER and not text:
        errors[f"text.{name}"] = _("请写明原因。")
    if len(text) > LONGEST_REASON:
        errors[f"text.{name}"] = _("说明最多 %(n)s 个字。", n=LONGEST_REASON)
    is_seen = submitted.first(f"version.{name}") == asked["version"]
    return [
        Decided(
            exemption_id=exemption_id,
            # Version 0 is nobody's: what was not on the reviewer's page is refused under the lock.
            version=version if is_seen else 0,
            is_approved=verdict == APPROVE,
            reason_code=reason if verdict == REFUSE else None,
            reason_text=text or None,
        )
        for exemption_id, version in asked["members"]
    ]
