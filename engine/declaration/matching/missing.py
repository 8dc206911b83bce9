"""What is missing for a graduation, by the cheaper way: with or without a foreign language."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from engine.declaration.matching.goals import courses_in, credits_in, language_passed, units_of
from engine.declaration.matching.inputs import FOREIGN_LANGUAGE, Course, Group, Inputs, Minimum


@dataclass(frozen=True, slots=True)
class Missing:
    """One course, or so many courses and credits out of several."""

    group: str
    codes: tuple[str, ...]
    courses: int
    credits: int

    @property
    def is_choice(self) -> bool:
        return len(self.codes) != 1

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"codes": list(self.codes)}


@dataclass(frozen=True, slots=True)
class Gap:
    """Everything missing on one way; `other_way` is the dearer alternative, where there is one."""

    missing: tuple[Missing, ...]
    other_way: tuple[Missing, ...] = ()
    with_language: bool = True


def gap_of(inputs: Inputs, filled: set[str]) -> Gap:
    """Name what is missing; what asks for the fewest courses comes first."""
    ways = {True: tuple(_missing(inputs, filled, with_language=True))}
    if not language_passed(inputs, filled) and _may_skip_language(inputs):
        ways[False] = tuple(_missing(inputs, filled, with_language=False))
    best, *others = sorted(ways, key=lambda way: (_price(ways[way]), not way))
    other_way = ways[others[0]] if others and ways[best] else ()
    return Gap(ways[best], other_way, with_language=best)


def _missing(inputs: Inputs, filled: set[str], *, with_language: bool) -> Iterable[Missing]:
    for group in inputs.groups:
        if group.needs_all:
            for course in group.courses:
                if course.code not in filled:
                    yield Missing(group.code, (course.code,), 1, course.credits)
        else:
            yield from _missing_choice(group, filled, with_language=with_language)


def _missing_choice(group: Group, filled: set[str], *, with_language: bool) -> Iterable[Missing]:
    minimum = group.minimum(language_passed=with_language)
    if with_language and group.tag == FOREIGN_LANGUAGE:
        minimum = Minimum(max(minimum.courses, 1), minimum.credits)
    courses = max(0, minimum.courses - courses_in(group, filled))
    credits_ = max(0, minimum.credits - credits_in(group, filled))
    if not courses and not credits_:
        return
    open_units = [unit for unit in units_of(group) if not _is_filled(unit, filled)]
    codes = tuple(c.code for unit in open_units for c in unit if c.code not in filled)
    if len(codes) == 1:
        credits_ = next(c.credits for unit in open_units for c in unit if c.code in codes)
    yield Missing(group.code, codes, max(courses, _fewest(open_units, filled, credits_)), credits_)


def _is_filled(unit: tuple[Course, ...], filled: set[str]) -> bool:
    return all(course.code in filled for course in unit)


def _fewest(units: list[tuple[Course, ...]], filled: set[str], credits_: int) -> int:
    """Return how many of the units reach so many credits, the largest first."""
    worth = sorted(
        (sum(c.credits for c in unit if c.code not in filled) for unit in units), reverse=True
    )
    count = 0
    while credits_ > 0 and count < len(worth):
        credits_ -= worth[count]
        count += 1
    return count


def _may_skip_language(inputs: Inputs) -> bool:
    groups = [g for g in inputs.groups if g.tag == FOREIGN_LANGUAGE]
    return bool(groups) and not any(
        g.needs_all or g.minimum(language_passed=False).courses for g in groups
    )


def _price(missing: tuple[Missing, ...]) -> tuple[int, int]:
    return sum(m.courses for m in missing), sum(m.credits for m in missing)
