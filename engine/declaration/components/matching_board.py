"""毕业成绩初审: what fills each course, what is left over, and the candidate's own choices."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Look, Work
from engine.declaration import exemptions, matches
from engine.declaration.certificate_words import reason_of
from engine.declaration.lookups import declaration_of
from engine.declaration.matching import (
    CertificateRule,
    Choices,
    Explanation,
    Slot,
    Surplus,
    explain,
    remark,
    slots_for,
)
from engine.declaration.models import Certificate, Exemption, ExemptionState
from engine.errors import Conflict, Refused
from engine.forms import FieldError, Submitted
from engine.i18n import chosen
from engine.i18n import gettext as _

SUBMIT_FOR_REVIEW = "submit_for_review"


class MatchingBoard(Component):
    """Value: the match that was shown, to be stored. Every action leaves the work item open."""

    type: ClassVar[str] = "matching_board"
    actions: ClassVar[frozenset[str]] = frozenset(
        {"choose_certificate", "drop_certificate", "clear", "match_by_hand", "undo", "restore"}
    )

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        solved = matches.solve_for(look.session, declaration)
        rules = [
            CertificateRule(chosen(row.name, row.name_en), frozenset(row.exempts))
            for row in exemptions.types_of(look.session)
        ]
        told = explain(solved.inputs, solved.match, certificates=rules)
        return {
            "solved": solved,
            "slots": self._slots(look, declaration.id, solved, told),
            "surplus": [_left_over(row, told) for row in told.surplus],
            "can_undo": matches.can_undo(look.session, declaration.id),
            "undecided": len(exemptions.drafts_of(look.session, declaration.id)),
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        facts = context[str(definition["key"])]
        if context.get("__outcome__") == SUBMIT_FOR_REVIEW and not facts["undecided"]:
            raise FieldError(
                _("还没有需要审核的证书：请先提交对顶材料，再在课程的“对顶选择”里选择。")
            )
        return facts["solved"]

    def bind_action(self, action: str, submitted: Submitted, facts: Mapping[str, Any]) -> Any:
        known = {slot["code"]: slot for slot in facts["slots"]}
        slot = submitted.first("slot") or submitted.first("by_hand")
        if action in ("undo", "restore"):
            return None
        if action == "match_by_hand":
            return _by_hand(submitted, facts)
        if slot not in known:
            raise FieldError(_("请从页面上选择课程。"))
        if action == "choose_certificate":
            wanted = submitted.first(f"certificate.{slot}")
            if wanted not in {option["id"] for option in known[slot]["certificates"]}:
                raise FieldError({f"certificate.{slot}": _("请在“对顶选择”里选择一张证书。")})
            return slot, UUID(wanted)
        return slot

    def store(self, work: Work, value: Any) -> str | None:
        matches.keep(work.session, declaration_of(work.session, work.case_id), value, work.now)
        return None

    def act(self, work: Work, action: str, value: Any) -> str | None:
        declaration = declaration_of(work.session, work.case_id)
        if declaration.is_frozen:
            raise Conflict(_("申报已经提交，成绩不能再变更。"))
        match action:
            case "choose_certificate":
                slot, certificate_id = value
                exemptions.choose(
                    work.session,
                    declaration,
                    certificate_id,
                    slot,
                    decide=work.decide,
                    now=work.now,
                )
                return _("已选择证书，请提交审核；审核时间不超过 24 小时。")
            case "drop_certificate":
                exemptions.drop_choice(work.session, declaration, value, work.now)
                return _("已取消这门课的证书。")
            case "undo":
                if not matches.undo(work.session, declaration):
                    raise Refused(_("没有可以撤销的操作。"))
                return _("已撤销上一步。")
        before = matches.choices_of(work.session, declaration.id)
        matches.choose(work.session, declaration, _changed(before, action, value))
        return None

    def _slots(
        self, look: Look, declaration_id: UUID, solved: matches.Solved, told: Explanation
    ) -> list[dict[str, Any]]:
        asked = {e.course_code: e for e in exemptions.exemptions_of(look.session, declaration_id)}
        offered = [
            (certificate, exemptions.courses_for(look.decide, certificate)[0])
            for certificate in exemptions.certificates_of(look.session, declaration_id)
        ]
        return [_slot(slot, solved, asked.get(slot.course.code), offered) for slot in told.slots]


def _slot(
    slot: Slot,
    solved: matches.Solved,
    asked: Exemption | None,
    offered: list[tuple[Certificate, frozenset[str]]],
) -> dict[str, Any]:
    code, fill = slot.course.code, slot.fill
    records = [solved.inputs.record_by_id[r] for r in fill.records] if fill else []
    return {
        "code": code,
        "name": slot.course.name,
        "credits": slot.course.credits,
        "group": slot.group.code,
        "state": slot.state.value,
        "mark": records[0].said if records else "",
        "is_exempt": bool(fill and fill.waiver),
        "remark": remark(solved.inputs, fill, _type_name(asked)) if fill else "",
        "reasons": slot.reasons,
        "asked": _asked(asked),
        "can_clear": bool(fill and fill.records),
        "certificates": [
            {"id": str(c.id), "label": chosen(c.type.name, c.type.name_en)}
            for c, codes in offered
            if code in codes and fill is None
        ],
    }


def _asked(asked: Exemption | None) -> dict[str, Any] | None:
    if asked is None:
        return None
    return {
        "state": asked.state,
        "certificate": _type_name(asked),
        "is_draft": asked.state == ExemptionState.DRAFT,
        "is_submitted": asked.state == ExemptionState.SUBMITTED,
        "is_refused": asked.state == ExemptionState.REFUSED,
        "reason": reason_of(asked),
    }


def _type_name(asked: Exemption | None) -> str:
    return chosen(asked.certificate.type.name, asked.certificate.type.name_en) if asked else ""


def _left_over(row: Surplus, told: Explanation) -> dict[str, Any]:
    names = {slot.course.code: slot.course.name for slot in told.slots}
    record = row.record
    return {
        "id": record.id,
        "code": record.code,
        "name": record.name,
        "mark": record.said,
        "reason": row.reason,
        "slots": [{"code": code, "name": names[code]} for code in row.slots],
    }


def _by_hand(submitted: Submitted, facts: Mapping[str, Any]) -> Any:
    """Return the course and the records that were ticked for it."""
    solved: matches.Solved = facts["solved"]
    picked = tuple(submitted.values.get("pick", ()))
    slot = submitted.first("by_hand")
    known = {row["id"] for row in facts["surplus"]}
    if not picked or not set(picked) <= known:
        raise FieldError({"pick": _("请先在剩余成绩里勾选要用的成绩。")})
    if not slot:
        raise FieldError({"by_hand": _("请选择要对顶的课程。")})
    if slot not in slots_for(solved.inputs, picked):
        raise FieldError({"by_hand": _("勾选的成绩不能顶替这门课程，请重新选择。")})
    return slot, picked


def _changed(choices: Choices, action: str, value: Any) -> Choices:
    if action == "clear":
        return choices.clear(value)
    if action == "match_by_hand":
        slot, records = value
        return choices.match(slot, records)
    return Choices()
