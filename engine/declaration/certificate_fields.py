"""What a candidate states about a certificate: the fields of its type, each with its own rule."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.declaration import certificate_words, identity
from engine.declaration.certificate_words import PICTURES
from engine.declaration.exemptions import CertificateFacts
from engine.declaration.models import CertificateType
from engine.forms import GENERIC_TYPES, FieldError, Submitted, normal
from engine.i18n import gettext as _

YOUNGEST = 10
"""Nobody passes these examinations before they are ten."""
SHORTEST_NUMBER = 4
COLUMNS = frozenset({"cert_no", "issue_date", "score", "level"})
"""What the certificate's row keeps in columns of its own."""
_NUMBER = re.compile(r"([^\W_]|[()〔〕\[\]/.·-])+")
_SCORE = re.compile(r"[0-9]{1,3}")
_MONTH = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})月?")


class Kind(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it has to be, and on which day it is handed in."""

    name: str
    birth_date: date
    today: date


@dataclass(frozen=True, slots=True)
class Shape:
    """What is true of a field whatever the type; most are a line of text."""

    kind: Kind = Kind.TEXT
    longest: int = 60
    highest: int = 100
    is_required: bool = True
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class StatedField:
    """One field of one type, ready to be drawn and to be read."""

    name: str
    label: str
    hint: str
    shape: Shape
    options: tuple[str, ...] = ()
    least: int | None = None
    """The lowest score with which the type exempts from anything."""

    @property
    def kind(self) -> Kind:
        return Kind.CHOICE if self.options else self.shape.kind


SHAPES = {
    "cert_no": Shape(longest=40, is_code=True),
    "holder_name": Shape(longest=40),
    "issue_date": Shape(Kind.DATE),
    "exam_session": Shape(Kind.MONTH),
    "level": Shape(longest=32),
    "score": Shape(Kind.NUMBER, highest=999),
    "written_score": Shape(Kind.NUMBER),
    "oral_score": Shape(Kind.NUMBER, is_required=False),
    "grade": Shape(longest=20),
    "study_form": Shape(longest=20),
    "verification_code": Shape(longest=32, is_required=False, is_code=True),
    "manage_no": Shape(longest=40, is_code=True),
}


def fields_of(kind: CertificateType) -> list[StatedField]:
    """Return the fields of a type in its order, pictures left out."""
    return [_field(name, kind) for name in kind.fields if name not in PICTURES]


def pictures_of(kind: CertificateType) -> list[str]:
    """Return the pictures a type asks for: its own, and a transcript where it needs one."""
    return [name for name in PICTURES if name == "image" or name in kind.fields]


def read(kind: CertificateType, submitted: Submitted, holder: Holder) -> CertificateFacts:
    """Return what was stated, or `FieldError` with what to mend beside each field."""
    errors: dict[str, str] = {}
    said: dict[str, Any] = {}
    for field in fields_of(kind):
        try:
            said[field.name] = READERS[field.kind](field, submitted, holder)
        except FieldError as wrong:
            errors |= {name or field.name: text for name, text in wrong.errors.items()}
    if errors:
        raise FieldError(errors)
    return CertificateFacts(
        type_id=kind.id,
        number=said["cert_no"],
        score=said.get("score", said.get("written_score")),
        level=said.get("level"),
        issued_on=said.get("issue_date"),
        details={
            name: str(value)
            for name, value in said.items()
            if name not in COLUMNS and value not in (None, "")
        },
    )


def _field(name: str, kind: CertificateType) -> StatedField:
    scored = "score" if "score" in kind.fields else "written_score"
    least = kind.min_score if name == scored else None
    return StatedField(
        name=name,
        label=certificate_words.label_of(name),
        hint=certificate_words.hint_of(name, least),
        shape=SHAPES.get(name, Shape()),
        options=tuple(kind.levels) if name == "level" else (),
        least=least,
    )


def _text(field: StatedField, submitted: Submitted, holder: Holder) -> str:
    typed = submitted.first(field.name)
    text = normal.ascii_line(typed) if field.shape.is_code else normal.one_line(typed)
    if not text and field.shape.is_required:
        raise FieldError(_("请填写%(label)s。", label=field.label))
    if len(text) > field.shape.longest:
        raise FieldError(_("%(label)s最多 %(n)s 个字。", label=field.label, n=field.shape.longest))
    match field.name:
        case "cert_no":
            return _number(text)
        case "holder_name":
            return _own_name(text, holder)
    return text


def _number(text: str) -> str:
    has_digit = any(c in "0123456789" for c in text)
    if not has_digit or len(text) < SHORTEST_NUMBER or not _NUMBER.fullmatch(text):
        raise FieldError(
            _("证书编号由数字、字母和连字符组成，至少 %(n)s 位，请照证书填写。", n=SHORTEST_NUMBER)
        )
    return text.upper()


def _own_name(text: str, holder: Holder) -> str:
    name = identity.canonical_name(text)
    if name != identity.canonical_name(normal.one_line(holder.name)):
        raise FieldError(_("持证人须是您本人，请核对姓名；姓名有误请先申请身份信息更正。"))
    return name


def _score(field: StatedField, submitted: Submitted, holder: Holder) -> int | None:
    text = normal.ascii_line(submitted.first(field.name))
    if not text:
        if field.shape.is_required:
            raise FieldError(_("请填写%(label)s。", label=field.label))
        return None
    if not _SCORE.fullmatch(text) or int(text) > field.shape.highest:
        raise FieldError(
            _("%(label)s要填 0 到 %(n)s 的整数。", label=field.label, n=field.shape.highest)
        )
    if field.least is not None and int(text) < field.least:
        raise FieldError(
            _(
                "%(label)s达到 %(least)s 分才能对顶，您填写的是 %(said)s 分，这张证书不能使用。",
                label=field.label,
                least=field.least,
                said=int(text),
            )
        )
    return int(text)


def _date(field: StatedField, submitted: Submitted, holder: Holder) -> date:
    definition = {"label": field.label, "validate": {"required": True}}
    try:
        day: date = GENERIC_TYPES["datetime"].bind(definition, submitted.under(field.name), {})
        _require_plausible(day, field, holder)
    except FieldError as wrong:
        # What is said of the date as a whole stands at its first box.
        raise FieldError(
            {f"{field.name}.{box or 'year'}": text for box, text in wrong.errors.items()}
        ) from wrong
    return day


def _month(field: StatedField, submitted: Submitted, holder: Holder) -> str:
    text = normal.ascii_line(submitted.first(field.name))
    if not text:
        raise FieldError(_("请填写%(label)s。", label=field.label))
    found = _MONTH.fullmatch(text)
    year, month = (int(part) for part in found.groups()) if found else (0, 0)
    if year < 1 or not 1 <= month <= 12:
        raise FieldError(_("%(label)s要填年和月，例如 2010-12。", label=field.label))
    _require_plausible(date(year, month, 1), field, holder)
    return f"{year}-{month:02d}"


def _require_plausible(day: date, field: StatedField, holder: Holder) -> None:
    """Refuse a day to come, and one on which the holder was a small child."""
    if day > holder.today:
        raise FieldError(_("%(label)s不能晚于今天。", label=field.label))
    if identity.age_on(holder.birth_date, day) < YOUNGEST:
        raise FieldError(
            _("%(label)s不对：那时您还不满 %(n)s 周岁，请核对。", label=field.label, n=YOUNGEST)
        )


def _choice(field: StatedField, submitted: Submitted, holder: Holder) -> str:
    text = submitted.first(field.name)
    if text not in field.options:
        raise FieldError(_("请选择%(label)s。", label=field.label))
    return text


Reader = Callable[[StatedField, Submitted, Holder], Any]
READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _score,
    Kind.DATE: _date,
    Kind.MONTH: _month,
    Kind.CHOICE: _choice,
}
