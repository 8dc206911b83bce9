"""What the information page said, as the registration form prints it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.declaration import codes

NONE = "无"
UNTIL_NOW = "至今"


@dataclass(frozen=True, slots=True)
class Period:
    """A line of the résumé."""

    time: str
    place: str
    role: str
    witness: str


@dataclass(frozen=True, slots=True)
class Relative:
    relation: str
    name: str
    age: str
    political_status: str
    employer: str


@dataclass(frozen=True, slots=True)
class Information:
    native_place: str
    political_status: str
    ethnicity: str
    marital_status: str
    health_status: str
    prior_education: str
    work_start: str
    titles: str
    overseas_status: str
    employer: str
    home_address: str
    phone: str
    achievements: str
    rewards_punishments: str
    self_appraisal: str
    resume: tuple[Period, ...]
    family: tuple[Relative, ...]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Information":
        return cls(
            native_place=_text(answer, "native_place"),
            political_status=codes.label_of(codes.POLITICAL_STATUS, answer.get("political_status")),
            ethnicity=codes.label_of(codes.ETHNICITIES, answer.get("ethnicity")),
            marital_status=codes.label_of(codes.MARITAL_STATUS, answer.get("marital_status")),
            health_status=codes.label_of(codes.HEALTH, answer.get("health_status")),
            prior_education=codes.label_of(codes.PRIOR_EDUCATION, answer.get("prior_education")),
            work_start=_month(answer.get("work_start")) or NONE,
            titles=_titles(answer),
            overseas_status=codes.label_of(codes.OVERSEAS, answer.get("overseas_status")),
            employer=_text(answer, "employer"),
            home_address=_text(answer, "home_address"),
            phone=_text(answer, "phone"),
            achievements=_text(answer, "achievements") or NONE,
            rewards_punishments=_text(answer, "rewards_punishments") or NONE,
            self_appraisal=_text(answer, "self_appraisal"),
            resume=tuple(_periods(answer.get("resume") or ())),
            family=tuple(_relatives(answer.get("family") or ())),
        )


def _periods(rows: Iterable[Mapping[str, Any]]) -> Iterable[Period]:
    for row in rows:
        until = _dotted(row.get("end")) or UNTIL_NOW
        yield Period(
            f"{_dotted(row.get('start'))}—{until}",
            _text(row, "place"),
            _text(row, "role"),
            _text(row, "witness"),
        )


def _relatives(rows: Iterable[Mapping[str, Any]]) -> Iterable[Relative]:
    for row in rows:
        yield Relative(
            _text(row, "relation"),
            _text(row, "name"),
            _text(row, "age"),
            codes.label_of(codes.POLITICAL_STATUS, row.get("political_status")),
            _text(row, "employer"),
        )


def _titles(answer: Mapping[str, Any]) -> str:
    """Position and technical title; the one that there is when the other is 无."""
    said = [_text(answer, "position_title"), _text(answer, "technical_title")]
    return " / ".join(title for title in said if title not in ("", NONE)) or NONE


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    return "" if found is None else str(found).strip()


def _month(value: date | str | None) -> str:
    return f"{value.year}年{value.month}月" if isinstance(value, date) else value or ""


def _dotted(value: date | str | None) -> str:
    return f"{value:%Y.%m}" if isinstance(value, date) else value or ""
