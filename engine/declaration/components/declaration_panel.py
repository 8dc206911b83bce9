"""现场审核: everything that was declared, the originals seen, and what has to be corrected."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look, Work
from engine.declaration import codes, information, matches, reviewing
from engine.declaration.components import declared
from engine.declaration.components.photo import current_photo
from engine.declaration.documents.answers import information_of
from engine.declaration.documents.subjects import subject_of
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Declaration, ReviewOutcome
from engine.declaration.reviewing import Mark, Verdict
from engine.declaration.transcripts import sheet_of
from engine.errors import Conflict
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _

LONGEST_REASON = 200
LONGEST_REMARK = 150
"""Beside a code, so that both fit into the 200 characters of a mark's reason."""
PHOTO = "photo"
ID_CARD = "id_card"
OTHER = "other"


class DeclarationPanel(Component):
    """Value: the reviewer's verdict, as the pressed button asks for it."""

    type: ClassVar[str] = "declaration_panel"
    first_input: ClassVar[str] = "mark.photo"

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        reviews = reviewing.reviews_of(look.session, declaration.id)
        sections = declared.sections(look, declaration)
        photo = current_photo(look.session, declaration.id)
        subject = subject_of(look.session, declaration, look.now)
        return {
            "identity": reviewing.identity_mark(declaration.entry),
            "subject": declared.subject_lines(subject),
            "photo_file_id": photo.file_id if photo else None,
            "sections": sections,
            "changes": declared.changes(look, declaration, reviews),
            "delivery": declared.delivery(look.session, declaration),
            "sheet": sheet_of(look.session, declaration, look.now),
            "checklist": matches.checklist_view(look.session, declaration, look.now),
            "certificates": declared.certificates(look.session, declaration.id),
            "reviews": [declared.round_of(review) for review in reviews],
            "originals": codes.ORIGINALS,
            "reasons": codes.RETURN_REASONS,
            "needs_look_at_prior": declaration.prior_needs_review,
            "fields": {PHOTO: _("照片"), **_labels(sections)},
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        facts = context[str(definition["key"])]
        _require_same_person(submitted, facts)
        known = {code.value for code in codes.ORIGINALS}
        originals = tuple(t for t in submitted.values.get("original", ()) if t in known)
        reason = submitted.first("rejection").strip()
        if len(reason) > LONGEST_REASON:
            raise FieldError({"rejection": _("说明最多 %(n)s 个字。", n=LONGEST_REASON)})
        marked = [name for name in facts["fields"] if submitted.first(f"mark.{name}") == "yes"]
        match context.get("__outcome__"):
            case ReviewOutcome.PASS:
                _require_nothing_against_it(originals, marked)
                return Verdict(ReviewOutcome.PASS, originals, reason, (), facts["identity"])
            case ReviewOutcome.RETURN:
                marks = _marks(submitted, marked, facts["fields"])
                return Verdict(ReviewOutcome.RETURN, originals, reason, marks, facts["identity"])
            case ReviewOutcome.REJECT:
                if not reason:
                    raise FieldError({"rejection": _("请写明不予通过的原因。")})
                return Verdict(ReviewOutcome.REJECT, originals, reason, (), facts["identity"])
        return None

    def store(self, work: Work, value: Any) -> str | None:
        if value is None:
            return None
        verdict: Verdict = value
        declaration = declaration_of(work.session, work.case_id)
        if verdict.identity != reviewing.identity_mark(declaration.entry):
            raise Conflict(_changed_meanwhile())
        form = work.forms[information.INFORMATION]
        reviewing.keep_review(
            work.session,
            declaration,
            reviewing.with_dependants(verdict, form),
            before=_before(work, declaration),
            reviewer_id=work.person.account_id,
            now=work.now,
        )
        return None


def _require_same_person(submitted: Submitted, facts: Mapping[str, Any]) -> None:
    """Refuse a verdict on a name or number that was corrected while the page was open."""
    seen = submitted.first("identity")
    if seen and seen != facts["identity"]:
        raise FieldError(_changed_meanwhile())


def _changed_meanwhile() -> str:
    return _("考生的姓名或身份证号刚刚更正过，请重新核对后再作决定。")


def _require_nothing_against_it(originals: tuple[str, ...], marked: list[str]) -> None:
    if ID_CARD not in originals:
        raise FieldError({"original": _("请核对身份证原件并勾选，再点击通过。")})
    if marked:
        text = _("这一项标记了需要补正：请点击“退回补正”，或取消标记后再通过。")
        raise FieldError({f"mark.{name}": text for name in marked})


def _marks(submitted: Submitted, marked: list[str], fields: Mapping[str, str]) -> tuple[Mark, ...]:
    errors: dict[str, str] = {}
    marks = [_mark(submitted, name, fields[name], errors) for name in marked]
    if errors:
        raise FieldError(errors)
    if not marks:
        raise FieldError(_("请至少标出一项需要补正的内容，并写明原因。"))
    return tuple(marks)


def _mark(submitted: Submitted, name: str, label: str, errors: dict[str, str]) -> Mark:
    code = submitted.first(f"reason.{name}")
    text = submitted.first(f"text.{name}").strip()
    if code not in {reason.value for reason in codes.RETURN_REASONS}:
        errors[f"reason.{name}"] = _("请选择退回“%(label)s”的原因。", label=label)
    elif code == OTHER and not text:
        errors[f"text.{name}"] = _("请写明退回“%(label)s”的原因。", label=label)
    if len(text) > LONGEST_REMARK:
        errors[f"text.{name}"] = _("说明最多 %(n)s 个字。", n=LONGEST_REMARK)
    return Mark(name, code, text)


def _labels(sections: list[information.Section]) -> dict[str, str]:
    return {name: line.label for name, line in information.lines_by_name(sections).items()}


def _before(work: Work, declaration: Declaration) -> Mapping[str, Any]:
    """What the fields say now, and which photo there is."""
    photo = current_photo(work.session, declaration.id)
    said = information_of(work.session, declaration)
    if photo is None:
        return said
    return {**said, PHOTO: {"file_id": str(photo.file_id), "version": photo.version}}
