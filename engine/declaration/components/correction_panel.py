"""身份信息更正的审核: the old value beside the new one, the evidence, the decision."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look, Work
from engine.declaration import codes, corrections
from engine.declaration.accounts import entries_of
from engine.errors import Conflict
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _
from engine.people.models import Account

LONGEST_REASON = 200
OTHER = "other"


class CorrectionPanel(Component):
    """Value: the decision; a refusal has a reason, approving needs none."""

    type: ClassVar[str] = "correction_panel"
    first_input: ClassVar[str] = "reason"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        row = corrections.correction_of(look.session, look.case_id)
        changes = corrections.changes_in(row) if row else {}
        account = look.session.get_one(Account, look.owner_id)
        return {
            "name": changes.get("name", [account.name] * 2),
            "id_number": changes.get("id_number", [account.id_number] * 2),
            "explanation": (changes.get("explanation") or [""])[0],
            "admission_numbers": [e.admission_number for e in entries_of(look.session, account)],
            "evidence": list(row.evidence) if row else [],
            "requested_at": row.requested_at if row else None,
            "is_taken": row is not None and corrections.is_taken(look.session, row),
            "reasons": codes.CORRECTION_REFUSALS,
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        match context.get("__outcome__"):
            case "approve":
                if context[str(definition["key"])]["is_taken"]:
                    raise FieldError({"reason": _taken()})
                return {"is_approved": True, "reason_code": None, "reason_text": None}
            case "refuse":
                code, text = _reason(submitted)
                return {"is_approved": False, "reason_code": code, "reason_text": text or None}
        return None

    def store(self, work: Work, value: Any) -> str | None:
        if value is None:
            return None
        row = corrections.correction_of(work.session, work.case_id)
        if row is None:
            raise Conflict(_("没有等待审核的更正申请。"))
        if value["is_approved"] and corrections.is_taken(work.session, row):
            raise Conflict(_taken())
        corrections.decide(row, **value, decided_by=work.person.account_id, now=work.now)
        return None


def _taken() -> str:
    return _("申请的身份证号属于另一位考生，不能同意；请选择原因，再点击“不同意更正”。")


def _reason(submitted: Submitted) -> tuple[str, str]:
    code, text = submitted.first("reason"), submitted.first("text").strip()
    if code not in {reason.value for reason in codes.CORRECTION_REFUSALS}:
        raise FieldError({"reason": _("请选择不予更正的原因。")})
    if code == OTHER and not text:
        raise FieldError({"text": _("请写明原因。")})
    if len(text) > LONGEST_REASON:
        raise FieldError({"text": _("说明最多 %(n)s 个字。", n=LONGEST_REASON)})
    return code, text
