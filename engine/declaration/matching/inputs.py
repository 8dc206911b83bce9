"""Everything a match depends on, as plain values: the plan's rules, records, waivers, choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from engine.i18n import gettext as _

FOREIGN_LANGUAGE = "foreign_language"
LANGUAGE_PASSED = "foreign_language_passed"
LANGUAGE_NOT_TAKEN = "foreign_language_not_taken"
OTHER_MAJOR = "prior_major_not_in_family"


@dataclass(frozen=True, slots=True)
class Course:
    """A slot of the plan. A practical part names its theory; the pair counts as one course."""

    code: str
    name: str
    credits: int
    theory_code: str | None = None
    is_practice: bool = False
    is_graduation_work: bool = False


@dataclass(frozen=True, slots=True)
class Minimum:
    """What a group must reach while a condition holds; `when` is None for always."""

    courses: int = 0
    credits: int = 0
    when: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Courses of which all are needed (`all`), or enough to reach the minima."""

    code: str
    kind: str
    courses: tuple[Course, ...]
    minima: tuple[Minimum, ...] = ()
    max_courses: int | None = None
    tag: str | None = None
    counts_courses: bool = True
    counts_credits: bool = True
    applies_when: str | None = None
    family: tuple[str, ...] = ()

    @property
    def needs_all(self) -> bool:
        return self.kind == "all" or (self.kind == "add_on" and not self.minima)

    def applies(self, prior_major: str | None) -> bool:
        """Tell whether the group is asked of someone with this prior major."""
        if self.applies_when != OTHER_MAJOR:
            return True
        return prior_major is None or not any(name in prior_major for name in self.family)

    def minimum(self, *, language_passed: bool) -> Minimum:
        """Return the minimum that holds; reaching nothing is asked where there is none."""
        condition = LANGUAGE_PASSED if language_passed else LANGUAGE_NOT_TAKEN
        found = (m for m in self.minima if m.when in (None, condition))
        return next(found, Minimum())


@dataclass(frozen=True, slots=True)
class PlanRules:
    """One version of a plan, as the matching and the graduation conditions read it."""

    id: str
    major_code: str
    major_name: str
    level: str
    min_courses: int
    min_credits: int
    groups: tuple[Group, ...]
    pass_mark: int = 60
    needs_prior_qualification: bool = False
    old_major_codes: tuple[str, ...] = ()
    host_institution: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A substitution: all sources together give all targets."""

    id: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    passed_before: date | None = None
    level: str | None = None
    major_code: str | None = None

    @property
    def is_single(self) -> bool:
        return len(self.sources) == len(self.targets) == 1

    def concerns(self, plan: PlanRules) -> bool:
        return self.level in (None, plan.level) and self.major_code in (None, plan.major_code)

    def accepts(self, passed_on: date) -> bool:
        return self.passed_before is None or passed_on < self.passed_before


@dataclass(frozen=True, slots=True)
class Record:
    """A ticked score. What makes it usable is a passing mark; `is_void` records never are."""

    id: str
    code: str
    mark: int
    passed_on: date
    name: str = ""
    major_code: str | None = None
    institution: str | None = None
    is_void: bool = False
    grade: str | None = None
    """The grade in words, for what is not marked in numbers (良好)."""

    @property
    def said(self) -> str:
        """Return the result the way it was given: a mark out of 100, or a grade in words."""
        return self.grade or _("%(mark)s 分", mark=self.mark)


@dataclass(frozen=True, slots=True)
class Waiver:
    """An approved exemption: a certificate for one course."""

    id: str
    code: str


@dataclass(frozen=True, slots=True)
class Pin:
    """The candidate's own match: exactly these records for this course."""

    slot: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the candidate decided: courses matched by hand, and courses cleared since."""

    pins: tuple[Pin, ...] = ()
    cleared: frozenset[str] = frozenset()

    def clear(self, slot: str) -> "Choices":
        """Take back whatever fills the course; nothing fills it until it is matched by hand."""
        return Choices(self._pins_without(slot), self.cleared | {slot})

    def match(self, slot: str, records: tuple[str, ...]) -> "Choices":
        """Fill the course with these records, taking them from other courses matched by hand."""
        kept = tuple(p for p in self._pins_without(slot) if not set(p.records) & set(records))
        pins = sorted((*kept, Pin(slot, tuple(sorted(records)))), key=lambda pin: pin.slot)
        return Choices(tuple(pins), self.cleared - {slot})

    def _pins_without(self, slot: str) -> tuple[Pin, ...]:
        return tuple(pin for pin in self.pins if pin.slot != slot)

    @property
    def as_json(self) -> dict[str, Any]:
        pins = {pin.slot: list(pin.records) for pin in self.pins}
        return {"pins": pins, "cleared": sorted(self.cleared)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Choices":
        pins = sorted(stored.get("pins", {}).items())
        return cls(
            tuple(Pin(slot, tuple(records)) for slot, records in pins),
            frozenset(stored.get("cleared", ())),
        )


@dataclass(frozen=True)
class Inputs:
    """The whole question. Equal inputs have the same answer, in whatever order they are listed."""

    plan: PlanRules
    records: tuple[Record, ...]
    rules: tuple[Rule, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    prior_major: str | None = None
    choices: Choices = field(default_factory=Choices)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups that are asked of this candidate."""
        return tuple(g for g in self.plan.groups if g.applies(self.prior_major))

    @cached_property
    def courses(self) -> dict[str, Course]:
        """The slots by code, in plan order."""
        return {course.code: course for group in self.groups for course in group.courses}

    @cached_property
    def usable(self) -> tuple[Record, ...]:
        """The records that count, in the order of their codes."""
        passed = (r for r in self.records if not r.is_void and r.mark >= self.plan.pass_mark)
        return tuple(sorted(passed, key=lambda r: (r.code, r.passed_on, r.id)))

    @cached_property
    def active_rules(self) -> tuple[Rule, ...]:
        return tuple(sorted((r for r in self.rules if r.concerns(self.plan)), key=lambda r: r.id))

    @property
    def record_by_id(self) -> dict[str, Record]:
        return {record.id: record for record in self.records}

    @property
    def most_waivers(self) -> int:
        """At most two thirds of the plan's courses may be exempted."""
        return 2 * self.plan.min_courses // 3

    def required(self) -> Iterator[Course]:
        """Yield the slots that must all be filled."""
        for group in self.groups:
            if group.needs_all:
                yield from group.courses
