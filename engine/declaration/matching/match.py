"""A solved match: what fills each course, what it reaches, what is left over, and its re-check."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from engine.declaration.matching.goals import Goals, measure, units_of
from engine.declaration.matching.inputs import Choices, Inputs, Pin
from engine.declaration.matching.solver import best_options
from engine.declaration.matching.ways import Option, options_of


class MatchBroken(Exception):
    """A stored match breaks a rule or does not reach what it claims."""


@dataclass(frozen=True, slots=True)
class Fill:
    """What fills one course: records, led here by substitutions, or an approved exemption."""

    slot: str
    records: tuple[str, ...]
    steps: tuple[str, ...]
    """Ids of the substitutions, in order; empty when the code is the course's own."""
    waiver: str | None
    production: str
    output: int

    @property
    def key(self) -> tuple[str, str, int]:
        return self.slot, self.production, self.output


@dataclass(frozen=True, slots=True)
class Match:
    """The answer, in plan order. `surplus` are the passed records that no course uses."""

    fills: tuple[Fill, ...]
    goals: Goals
    surplus: tuple[str, ...]
    void_choices: tuple[Pin, ...] = ()
    """The candidate's own matches that the records no longer allow."""

    def fill_of(self, slot: str) -> Fill | None:
        return next((fill for fill in self.fills if fill.slot == slot), None)

    @property
    def filled(self) -> set[str]:
        return {fill.slot for fill in self.fills}

    @property
    def as_json(self) -> dict[str, Any]:
        return {
            "fills": [asdict(fill) for fill in self.fills],
            "goals": asdict(self.goals),
            "surplus": list(self.surplus),
            "void_choices": [asdict(pin) for pin in self.void_choices],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Match":
        return cls(
            tuple(_fill_from(fill) for fill in stored["fills"]),
            Goals(**stored["goals"]),
            tuple(stored["surplus"]),
            tuple(Pin(p["slot"], tuple(p["records"])) for p in stored["void_choices"]),
        )


def solve(inputs: Inputs) -> Match:
    """Find the best match: exact, and the same for the same inputs in any order."""
    options = best_options(inputs)
    match = _describe(inputs, options)
    recheck(inputs, match)
    return match


def recheck(inputs: Inputs, match: Match) -> None:
    """Count a match again in whole numbers; `MatchBroken` unless it keeps every rule."""
    known = {option.key: option for option in options_of(inputs)}
    if any(fill.key not in known for fill in match.fills):
        raise MatchBroken("a course is filled by what does not lead to it")
    options = [known[fill.key] for fill in match.fills]
    for broken, what in (
        (_slots_twice(options), "a course is filled twice"),
        (_records_twice(options), "a record is used twice"),
        (_too_many_waived(inputs, options), "too many courses are exempted"),
        (_overfull(inputs, match.filled), "a group holds more courses than it may"),
        (measure(inputs, options) != match.goals, "the match does not reach what it claims"),
    ):
        if broken:
            raise MatchBroken(what)


def slots_for(inputs: Inputs, records: tuple[str, ...]) -> list[str]:
    """Name the courses that exactly these records could fill, for matching by hand."""
    free = replace(inputs, choices=Choices())
    wanted = tuple(sorted(records))
    found = {o.slot for o in options_of(free) if o.production.records == wanted}
    return [code for code in inputs.courses if wanted and code in found]


def _describe(inputs: Inputs, options: list[Option]) -> Match:
    place = {code: index for index, code in enumerate(inputs.courses)}
    fills = sorted(map(_fill, options), key=lambda fill: place[fill.slot])
    used = {record for fill in fills for record in fill.records}
    kept = {(fill.slot, fill.records) for fill in fills}
    return Match(
        tuple(fills),
        measure(inputs, options),
        tuple(record.id for record in inputs.usable if record.id not in used),
        tuple(p for p in inputs.choices.pins if (p.slot, p.records) not in kept),
    )


def _fill(option: Option) -> Fill:
    made = option.production
    return Fill(option.slot, made.records, option.steps, made.waiver, made.key, option.output)


def _fill_from(stored: Mapping[str, Any]) -> Fill:
    lists = {"records": tuple(stored["records"]), "steps": tuple(stored["steps"])}
    return Fill(**{**stored, **lists})


def _slots_twice(options: list[Option]) -> bool:
    return len({option.slot for option in options}) < len(options)


def _records_twice(options: list[Option]) -> bool:
    productions = {option.production.key: option.production for option in options}
    records = [record for made in productions.values() for record in made.records]
    outputs = {(option.production.key, option.output) for option in options}
    return len(set(records)) < len(records) or len(outputs) < len(options)


def _too_many_waived(inputs: Inputs, options: list[Option]) -> bool:
    return sum(o.production.waiver is not None for o in options) > inputs.most_waivers


def _overfull(inputs: Inputs, filled: set[str]) -> bool:
    return any(
        group.max_courses is not None
        and sum(unit[0].code in filled for unit in units_of(group)) > group.max_courses
        for group in inputs.groups
    )
