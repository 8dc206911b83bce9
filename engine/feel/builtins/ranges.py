"""How points and ranges lie to one another; a point is a range that holds only itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.feel.builtins.registry import builtin
from engine.feel.values.comparing import order
from engine.feel.values.ranges import Range


class Incomparable(Exception):
    """The ends of the two are of different types; the relation is null."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a range; without a value it lies for ever before (-1) or after (1)."""

    value: Any
    included: bool
    side: int

    def against(self, other: "End") -> int:
        """Return -1, 0 or 1 as this end lies before, at or behind the other."""
        if self.value is None or other.value is None:
            own = self.side if self.value is None else 0
            return own - (other.side if other.value is None else 0)
        found = order(self.value, other.value)
        if found is None:
            raise Incomparable
        return found


Relation = Callable[[Range, Range], bool]


def before(left: Range, right: Range) -> bool:
    found = _end(left).against(_start(right))
    return found < 0 or (found == 0 and not (left.end_included and right.start_included))


def meets(left: Range, right: Range) -> bool:
    touching = left.end_included and right.start_included
    return touching and _end(left).against(_start(right)) == 0


def includes(left: Range, right: Range) -> bool:
    return _starts_no_later(left, right) and _ends_no_later(right, left)


def starts(left: Range, right: Range) -> bool:
    return _same(_start(left), _start(right)) and _ends_no_later(left, right)


def finishes(left: Range, right: Range) -> bool:
    return _same(_end(left), _end(right)) and _starts_no_later(right, left)


def overlaps_before(left: Range, right: Range) -> bool:
    later = not _starts_no_later(right, left)
    return later and overlaps(left, right) and _ends_no_later(left, right)


def overlaps(left: Range, right: Range) -> bool:
    return not before(left, right) and not before(right, left)


def coincides(left: Range, right: Range) -> bool:
    return _same(_start(left), _start(right)) and _same(_end(left), _end(right))


_NAMES = ("point1, point2", "point, range", "range, point")


def _add(name: str, relation: Relation) -> None:
    def run(left: Any, right: Any) -> bool | None:
        if left is None or right is None:
            return None
        try:
            return relation(_as_range(left), _as_range(right))
        except Incomparable:
            return None

    builtin(name, "range1: any, range2: any", *_NAMES)(run)


def _converse(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


def _as_range(value: Any) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _start(found: Range) -> End:
    return End(found.start, found.start_included, -1)


def _end(found: Range) -> End:
    return End(found.end, found.end_included, 1)


def _same(left: End, right: End) -> bool:
    return left.included == right.included and left.against(right) == 0


def _starts_no_later(left: Range, right: Range) -> bool:
    found = _start(left).against(_start(right))
    return found < 0 or (found == 0 and (left.start_included or not right.start_included))


def _ends_no_later(left: Range, right: Range) -> bool:
    found = _end(left).against(_end(right))
    return found < 0 or (found == 0 and (right.end_included or not left.end_included))


for _name, _relation in {
    "before": before,
    "meets": meets,
    "includes": includes,
    "starts": starts,
    "finishes": finishes,
    "overlaps": overlaps,
    "overlaps before": overlaps_before,
    "coincides": coincides,
}.items():
    _add(_name, _relation)

for _name, _relation in {
    "after": before,
    "met by": meets,
    "during": includes,
    "started by": starts,
    "finished by": finishes,
    "overlaps after": overlaps_before,
}.items():
    _add(_name, _converse(_relation))
