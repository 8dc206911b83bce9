"""What a candidate states about a certificate: the fields of its type, each with its own rule."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.declaration import identity
from engine.declaration.exemptions import CertificateFacts
from engine.declaration.models import CertificateType
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _

YOUNGEST = 10
"""Nobody passes these examinations before they are ten."""
LONGEST = 60
LONGEST_NUMBER = 40
HIGHEST_SCORE = 1000


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it has to be, and on which day it is handed in."""

    name: str
    birth_date: date
    today: date


@dataclass(frozen=True, slots=True)
class StatedField:
    """One field as the page draws it: `kind` is text, number, date or choice."""

    name: str
    label: str
    kind: str
    hint: str = ""
    options: tuple[str, ...] = ()


def labels() -> dict[str, str]:
    """The fields that a type may ask for, in words."""
    return {
        "cert_no": _("证书编号"),
        "holder_name": _("持证人姓名"),
        "issue_date": _("发证日期"),
        "score": _("成绩"),
        "exam_session": _("考试时间"),
        "level": _("等级"),
        "subject": _("科目"),
        "grade": _("成绩等第"),
        "written_score": _("笔试成绩"),
        "oral_score": _("口试成绩"),
        "school": _("毕业学校"),
        "major": _("所学专业"),
        "study_form": _("学习形式"),
        "verification_code": _("学信网在线验证码"),
        "manage_no": _("管理号"),
        "qualification_type": _("资格种类"),
        "modules": _("模块"),
        "issuer": _("发证机关"),
    }


OPTIONAL = frozenset({"verification_code", "oral_score"})
ELSEWHERE = frozenset({"image", "transcript"})
"""Fields of a type that are files; the image has a place of its own on the page."""
NUMBERS = frozenset({"score", "written_score", "oral_score"})


def fields_of(kind: CertificateType) -> list[StatedField]:
    """Return the fields of a type in its order."""
    return [_field(name, kind) for name in kind.fields if name not in ELSEWHERE]


def read(kind: CertificateType, submitted: Submitted, holder: Holder) -> CertificateFacts:
    """Return what was stated, or `FieldError` with what to mend beside each field."""
    errors: dict[str, str] = {}
    said: dict[str, Any] = {}
    for field in fields_of(kind):
        try:
            said[field.name] = READERS[field.kind](field, submitted, kind, holder)
        except FieldError as wrong:
            errors |= {name or field.name: text for name, text in wrong.errors.items()}
    if errors:
        raise FieldError(errors)
    score = said.get("score", said.get("written_score"))
    return CertificateFacts(
        type_id=kind.id,
        number=said["cert_no"],
        score=score,
        level=said.get("level"),
        issued_on=said.get("issue_date"),
        details={name: str(value) for name, value in said.items() if value not in (None, "")},
    )


def _field(name: str, kind: CertificateType) -> StatedField:
    label = labels().get(name, name)
    if name == "level" and kind.levels:
        return StatedField(name, label, "choice", options=tuple(kind.levels))
    if name == "issue_date":
        return StatedField(name, label, "date")
    if name in NUMBERS:
        return StatedField(name, label, "number")
    hint = _("年和月，例如 2010-12") if name == "exam_session" else ""
    return StatedField(name, label, "text", hint)


def _text(field: StatedField, submitted: Submitted, kind: CertificateType, holder: Holder) -> str:
    text = unicodedata.normalize("NFKC", submitted.first(field.name)).strip()
    if not text and field.name not in OPTIONAL:
        raise FieldError(_("请填写%(label)s。", label=field.label))
    if len(text) > LONGEST:
        raise FieldError(_("%(label)s最多 %(n)s 个字。", label=field.label, n=LONGEST))
    if field.name == "cert_no":
        return _number_of(text, field)
    if field.name == "holder_name" and identity.canonical_name(text) != holder.name:
        raise FieldError(_("持证人须是您本人，请核对姓名；姓名有误请先申请身份信息更正。"))
    return text


def _number_of(text: str, field: StatedField) -> str:
    number = "".join(text.split()).upper()
    if len(number) > LONGEST_NUMBER or not all(c.isalnum() or c in "-/()号第字" for c in number):
        raise FieldError(_("%(label)s只能是数字、字母和连字符。", label=field.label))
    return number


def _number(
    field: StatedField, submitted: Submitted, kind: CertificateType, holder: Holder
) -> int | None:
    text = unicodedata.normalize("NFKC", submitted.first(field.name)).strip()
    if not text and field.name in OPTIONAL:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > HIGHEST_SCORE:
        raise FieldError(_("%(label)s请填写整数分数。", label=field.label))
    least = kind.min_score if field.name in ("score", "written_score") else None
    if least is not None and int(text) < least:
        raise FieldError(
            _(
                "%(label)s须达到 %(least)s 分才能免考，这张证书不能使用。",
                label=field.label,
                least=least,
            )
        )
    return int(text)


def _date(field: StatedField, submitted: Submitted, kind: CertificateType, holder: Holder) -> date:
    parts = [submitted.first(f"{field.name}.{part}").strip() for part in ("year", "month", "day")]
    try:
        found = date(*(int(unicodedata.normalize("NFKC", part)) for part in parts))
    except ValueError as wrong:
        raise FieldError(_("请填写%(label)s的年、月、日。", label=field.label)) from wrong
    if found > holder.today:
        raise FieldError(_("%(label)s不能晚于今天。", label=field.label))
    if identity.age_on(holder.birth_date, found) < YOUNGEST:
        raise FieldError(_("%(label)s早于您 %(n)s 周岁，请核对。", label=field.label, n=YOUNGEST))
    return found


def _choice(field: StatedField, submitted: Submitted, kind: CertificateType, holder: Holder) -> str:
    text = submitted.first(field.name)
    if text not in field.options:
        raise FieldError(_("请选择%(label)s。", label=field.label))
    return text


Reader = Callable[[StatedField, Submitted, CertificateType, Holder], Any]
READERS: Mapping[str, Reader] = {
    "text": _text,
    "number": _number,
    "date": _date,
    "choice": _choice,
}
