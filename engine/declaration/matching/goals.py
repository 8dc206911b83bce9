"""What a match is worth, in whole numbers: the goals in their order, counted from the fills."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.declaration.matching.inputs import FOREIGN_LANGUAGE, Course, Group, Inputs, Minimum
from engine.declaration.matching.ways import Option

COURSE_WEIGHT = 1_000
"""A missing course of a group weighs more than all the credits that it may be short of."""


@dataclass(frozen=True, slots=True, order=True)
class Goals:
    """Compared from left to right; more is better everywhere, so what is bad counts negatively."""

    own_choices: int
    required: int
    group_minima: int
    credits: int
    replacements: int


def measure(inputs: Inputs, options: Iterable[Option]) -> Goals:
    """Count what these options reach."""
    used = list(options)
    filled = {option.slot for option in used}
    own = {(pin.slot, pin.records) for pin in inputs.choices.pins}
    return Goals(
        own_choices=sum((o.slot, o.production.records) in own for o in used),
        required=sum(course.code in filled for course in inputs.required()),
        group_minima=-shortfall(inputs, filled),
        credits=sum(credits_in(g, filled) for g in inputs.groups if g.counts_credits),
        replacements=-_replacements(used),
    )


def language_passed(inputs: Inputs, filled: Iterable[str]) -> bool:
    """Tell whether a course of the foreign language group is filled."""
    tagged = (g for g in inputs.groups if g.tag == FOREIGN_LANGUAGE)
    return any(course.code in set(filled) for group in tagged for course in group.courses)


def shortfall(inputs: Inputs, filled: set[str]) -> int:
    """Weigh what the groups with minima are short of."""
    passed = language_passed(inputs, filled)
    return sum(
        weigh(group, group.minimum(language_passed=passed), filled)
        for group in inputs.groups
        if not group.needs_all
    )


def weigh(group: Group, minimum: Minimum, filled: set[str]) -> int:
    courses = max(0, minimum.courses - courses_in(group, filled))
    credits_ = max(0, minimum.credits - credits_in(group, filled))
    return COURSE_WEIGHT * courses + credits_


def courses_in(group: Group, filled: set[str]) -> int:
    """Count the filled courses of a group; theory and practice count once, when both are filled."""
    return sum(all(c.code in filled for c in unit) for unit in units_of(group))


def credits_in(group: Group, filled: set[str]) -> int:
    return sum(course.credits for course in group.courses if course.code in filled)


def units_of(group: Group) -> list[tuple[Course, ...]]:
    """Return the group's courses, each theory together with its practical part."""
    practices = {c.theory_code: c for c in group.courses if c.theory_code}
    codes = {c.code for c in group.courses}
    alone = [c for c in group.courses if not (c.theory_code and c.theory_code in codes)]
    return [(c, practices[c.code]) if c.code in practices else (c,) for c in alone]


def _replacements(used: Iterable[Option]) -> int:
    """Count substitutions and exemptions; those inside a production count once."""
    options = list(used)
    inside = {o.production.key: len(o.production.rules) for o in options}
    waived = sum(o.production.waiver is not None for o in options)
    return sum(inside.values()) + sum(len(o.chain) for o in options) + waived
