"""The best match: the goals one after another, then the lowest codes, so one answer is left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engine.declaration.matching.goals import COURSE_WEIGHT, language_passed, units_of
from engine.declaration.matching.inputs import Group, Inputs
from engine.declaration.matching.programme import Programme
from engine.declaration.matching.ways import Option, options_of

AT_ONCE = 16
"""Options preferred in one go: their weights double, and 2^16 is still exact enough."""


def best_options(inputs: Inputs) -> list[Option]:
    """Return the options of the best match, in the order of their slots' codes."""
    options = options_of(inputs)
    if not options:
        return []
    question = _Question(inputs, options)
    question.reach_goals()
    return question.prefer_lowest_codes()


class _Question:
    """The integer programme of one match: a variable for each option, rows for the rules."""

    def __init__(self, inputs: Inputs, options: list[Option]) -> None:
        self._inputs, self._options = inputs, options
        self._programme = Programme()
        self._option = [self._programme.variable() for _ in options]
        self._by_slot: dict[str, list[int]] = defaultdict(list)
        for variable, option in zip(self._option, options, strict=True):
            self._by_slot[option.slot].append(variable)
        self._production = self._productions()
        self._each_slot_once()
        self._each_record_once()
        self._waivers_within_limit()
        self._groups_within_limit()
        self._language = self._language_passed()
        self._short: dict[int, int] = {}
        for group in inputs.groups:
            self._shortfall_of(group)

    def reach_goals(self) -> None:
        for terms in (
            self._own_choices(),
            self._required(),
            {v: -weight for v, weight in self._short.items()},
            self._credits(),
            self._replacements(),
        ):
            if terms:
                self._programme.maximise(terms)

    def prefer_lowest_codes(self) -> list[Option]:
        for start in range(0, len(self._option), AT_ONCE):
            self._programme.prefer(self._option[start : start + AT_ONCE])
        return [
            option
            for variable, option in zip(self._option, self._options, strict=True)
            if self._programme.value(variable)
        ]

    # Variables and rows

    def _productions(self) -> dict[str, int]:
        """Give each production with several outputs a variable; the others are their options."""
        found: dict[str, int] = {}
        used_once: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
        for variable, option in zip(self._option, self._options, strict=True):
            made = option.production
            if len(made.outputs) > 1:
                if made.key not in found:
                    found[made.key] = self._programme.variable()
                used_once[made.key, option.output][variable] = 1
        for (key, _), terms in used_once.items():
            self._programme.at_most({**terms, found[key]: -1}, 0)
        return found

    def _uses(self) -> Iterable[tuple[Option, int]]:
        """Yield each production once, as the variables that say whether it is used."""
        seen: set[str] = set()
        for variable, option in zip(self._option, self._options, strict=True):
            shared = self._production.get(option.production.key)
            if shared is None:
                yield option, variable
            elif option.production.key not in seen:
                seen.add(option.production.key)
                yield option, shared

    def _each_slot_once(self) -> None:
        for variables in self._by_slot.values():
            self._programme.at_most(dict.fromkeys(variables, 1), 1)

    def _each_record_once(self) -> None:
        used: dict[str, dict[int, int]] = defaultdict(dict)
        for option, variable in self._uses():
            for record in option.production.records:
                used[record][variable] = 1
        for terms in used.values():
            self._programme.at_most(terms, 1)

    def _waivers_within_limit(self) -> None:
        waived = {
            variable: 1
            for variable, option in zip(self._option, self._options, strict=True)
            if option.production.waiver
        }
        if waived:
            self._programme.at_most(waived, self._inputs.most_waivers)

    def _groups_within_limit(self) -> None:
        for group in self._inputs.groups:
            if group.max_courses is not None:
                leading = [unit[0].code for unit in units_of(group)]
                self._programme.at_most(self._filled(leading), group.max_courses)

    def _language_passed(self) -> int | None:
        """Add a variable that is 1 exactly when a course of the language group is filled."""
        codes = [c for c in self._inputs.courses if language_passed(self._inputs, [c])]
        filled = self._filled(codes)
        if not filled:
            return None
        passed = self._programme.variable()
        self._programme.at_most({passed: 1} | dict.fromkeys(filled, -1), 0)
        for code in codes:
            if self._by_slot.get(code):
                self._programme.at_most({**self._filled([code]), passed: -1}, 0)
        return passed

    def _shortfall_of(self, group: Group) -> None:
        if group.needs_all:
            return
        taken = group.minimum(language_passed=True)
        missed = group.minimum(language_passed=False)
        courses, credits_ = self._counted(group), self._credited([group])
        self._short_of(courses, taken.courses, missed.courses, COURSE_WEIGHT)
        self._short_of(credits_, taken.credits, missed.credits, 1)

    def _short_of(self, reached: Mapping[int, int], taken: int, missed: int, weight: int) -> None:
        if not taken and not missed:
            return
        short = self._programme.variable(max(taken, missed))
        terms = {short: 1, **reached}
        if self._language is not None and taken != missed:
            terms[self._language] = missed - taken
        self._programme.at_least(terms, missed)
        self._short[short] = weight

    def _counted(self, group: Group) -> dict[int, int]:
        """Return terms that sum to the courses filled; a pair needs a variable of its own."""
        terms: dict[int, int] = {}
        for unit in units_of(group):
            if len(unit) == 1:
                terms |= self._filled([unit[0].code])
            elif all(self._by_slot.get(course.code) for course in unit):
                both = self._programme.variable()
                for course in unit:
                    lacking = dict.fromkeys(self._filled([course.code]), -1)
                    self._programme.at_most({both: 1, **lacking}, 0)
                terms[both] = 1
        return terms

    def _filled(self, codes: Iterable[str]) -> dict[int, int]:
        return {variable: 1 for code in codes for variable in self._by_slot.get(code, ())}

    # Goals

    def _own_choices(self) -> dict[int, int]:
        own = {(pin.slot, pin.records) for pin in self._inputs.choices.pins}
        return {
            variable: 1
            for variable, option in zip(self._option, self._options, strict=True)
            if (option.slot, option.production.records) in own
        }

    def _required(self) -> dict[int, int]:
        return self._filled(course.code for course in self._inputs.required())

    def _credits(self) -> dict[int, int]:
        return self._credited(g for g in self._inputs.groups if g.counts_credits)

    def _credited(self, groups: Iterable[Group]) -> dict[int, int]:
        return {
            variable: course.credits
            for group in groups
            for course in group.courses
            for variable in self._by_slot.get(course.code, ())
            if course.credits
        }

    def _replacements(self) -> dict[int, int]:
        terms: dict[int, int] = defaultdict(int)
        for variable, option in zip(self._option, self._options, strict=True):
            terms[variable] -= len(option.chain) + (option.production.waiver is not None)
        for option, variable in self._uses():
            terms[variable] -= len(option.production.rules)
        return {variable: cost for variable, cost in terms.items() if cost}
