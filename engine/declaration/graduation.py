"""The twelve conditions of graduation, line by line; forecast and check read the same lines.

A line holds facts only (JSON), so it can be stored and said again in any language:
`graduation_words` says it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.declaration.matching.goals import (
    courses_in,
    credits_in,
    language_passed,
)
from engine.declaration.matching.inputs import Group, Inputs
from engine.declaration.matching.match import Match
from engine.declaration.matching.missing import Gap, Missing, gap_of
from engine.declaration.models.registry import PriorLevel

ENOUGH_BEFORE = frozenset(PriorLevel) - {PriorLevel.BELOW}
"""Prior qualifications that an undergraduate declaration may build on, 本科结业 among them."""


class Verdict(StrEnum):
    MET = "met"
    UNMET = "unmet"
    LATER = "later"
    """Shown on paper or stated on a later page; it does not stop the score review."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the conditions ask about a person besides scores."""

    today: date
    prior_level: str | None = None
    barred_until: date | None = None
    has_graduated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One condition (`number` 1–12), how it stands, and the facts that show it."""

    number: int
    verdict: Verdict
    facts: Mapping[str, Any]

    @property
    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "verdict": self.verdict.value, "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Line":
        return cls(stored["number"], Verdict(stored["verdict"]), stored["facts"])


@dataclass(frozen=True, slots=True)
class Checklist:
    """All lines in order, with the sums and what is missing."""

    lines: tuple[Line, ...]
    courses: int
    min_courses: int
    credits: int
    min_credits: int
    gap: Gap

    @property
    def is_met(self) -> bool:
        return not self.unmet

    @property
    def unmet(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict is Verdict.UNMET)

    @property
    def missing(self) -> tuple[Missing, ...]:
        return self.gap.missing


def check(inputs: Inputs, match: Match, standing: Standing) -> Checklist:
    """Hold a match against the conditions of its plan."""
    filled = match.filled
    gap = gap_of(inputs, filled)
    courses = sum(courses_in(g, filled) for g in inputs.groups if _counts_courses(g))
    credits_ = sum(credits_in(g, filled) for g in inputs.groups if g.counts_credits)
    lines = (
        _required(inputs, gap),
        _electives(inputs, gap, filled),
        _add_ons(inputs, gap),
        _same_major(inputs, match),
        _penalty(standing),
        _exempted_share(inputs, match),
        _line(7, not standing.has_graduated, graduated=standing.has_graduated),
        _sums(inputs, courses, credits_),
        Line(9, Verdict.MET, {"pass_mark": inputs.plan.pass_mark}),
        Line(10, Verdict.LATER, {}),
        _prior(inputs, standing),
        Line(12, Verdict.LATER, {}),
    )
    plan = inputs.plan
    return Checklist(lines, courses, plan.min_courses, credits_, plan.min_credits, gap)


def _line(number: int, is_met: bool, **facts: Any) -> Line:
    return Line(number, Verdict.MET if is_met else Verdict.UNMET, facts)


def _counts_courses(group: Group) -> bool:
    """Add-on courses have their own minimum and graduation work is no course."""
    return group.counts_courses and group.kind != "add_on"


def _required(inputs: Inputs, gap: Gap) -> Line:
    groups = [g for g in inputs.groups if g.kind == "all"]
    missing = _of_groups(gap, groups)
    return _line(1, not missing, missing=_named(inputs, missing))


def _electives(inputs: Inputs, gap: Gap, filled: set[str]) -> Line:
    groups = [g for g in inputs.groups if g.kind == "choose"]
    missing = _of_groups(gap, groups)
    passed = language_passed(inputs, filled)
    reached = [_reached(g, filled, language=gap.with_language) for g in groups]
    return _line(
        2,
        not missing,
        groups=reached,
        missing=_named(inputs, missing),
        other_way=_named(inputs, gap.other_way),
        language_passed=passed,
    )


def _reached(group: Group, filled: set[str], *, language: bool) -> dict[str, Any]:
    minimum = group.minimum(language_passed=language)
    return {
        "group": group.code,
        "courses": courses_in(group, filled),
        "credits": credits_in(group, filled),
        "min_courses": minimum.courses,
        "min_credits": minimum.credits,
        "note": minimum.note,
    }


def _add_ons(inputs: Inputs, gap: Gap) -> Line:
    groups = [g for g in inputs.groups if g.kind == "add_on"]
    missing = _of_groups(gap, groups)
    return _line(3, not missing, applies=bool(groups), missing=_named(inputs, missing))


def _same_major(inputs: Inputs, match: Match) -> Line:
    plan, records = inputs.plan, inputs.record_by_id
    majors = {None, plan.major_code, *plan.old_major_codes}
    wrong = [
        [fill.slot, inputs.courses[fill.slot].name]
        for fill in match.fills
        if inputs.courses[fill.slot].is_practice
        for record in map(records.__getitem__, fill.records)
        if record.major_code not in majors
        or (plan.host_institution and record.institution not in (None, plan.host_institution))
    ]
    return _line(4, not wrong, wrong=wrong)


def _penalty(standing: Standing) -> Line:
    until = standing.barred_until
    is_over = until is None or until < standing.today
    return _line(5, is_over, until=until.isoformat() if until else None)


def _exempted_share(inputs: Inputs, match: Match) -> Line:
    waived = sum(fill.waiver is not None for fill in match.fills)
    return _line(6, waived <= inputs.most_waivers, waived=waived, most=inputs.most_waivers)


def _sums(inputs: Inputs, courses: int, credits_: int) -> Line:
    plan = inputs.plan
    return _line(
        8,
        courses >= plan.min_courses and credits_ >= plan.min_credits,
        courses=courses,
        min_courses=plan.min_courses,
        credits=credits_,
        min_credits=plan.min_credits,
    )


def _prior(inputs: Inputs, standing: Standing) -> Line:
    needs, level = inputs.plan.needs_prior_qualification, standing.prior_level
    is_met = not needs or level in ENOUGH_BEFORE
    return Line(11, Verdict.MET if is_met else Verdict.LATER, {"needs": needs, "level": level})


def _of_groups(gap: Gap, groups: Iterable[Group]) -> list[Missing]:
    codes = {group.code for group in groups}
    return [missing for missing in gap.missing if missing.group in codes]


def _named(inputs: Inputs, missing: Iterable[Missing]) -> list[dict[str, Any]]:
    return [
        {
            "courses": m.courses,
            "credits": m.credits,
            "options": [[code, inputs.courses[code].name] for code in m.codes],
        }
        for m in missing
    ]
