"""The best match by trying everything: slow, simple, and written without the solver's notions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from engine.declaration.matching import Inputs, Rule
from engine.declaration.matching.goals import Goals, shortfall
from engine.declaration.matching.ways import Option, options_of


@dataclass(frozen=True, order=True)
class Token:
    """A course that someone holds, and how it came about."""

    code: str
    depth: int
    passed_on: date


Held = tuple[Token, ...]


def best_goals(inputs: Inputs) -> Goals:
    """Apply substitutions in every order, fill every set of slots, keep the best."""
    return max(
        goals
        for held, applied in _reachable(inputs)
        for goals in _fillings(inputs, {token.code for token in held}, applied)
    )


def _reachable(inputs: Inputs) -> Iterator[tuple[Held, int]]:
    start: Held = tuple(sorted(Token(r.code, 0, r.passed_on) for r in inputs.usable))
    seen, edge = {start: 0}, [start]
    while edge:
        held = edge.pop()
        for rule in inputs.active_rules:
            for after in _applied(held, rule):
                if seen.get(after, 99) > seen[held] + 1:
                    seen[after] = seen[held] + 1
                    edge.append(after)
    yield from seen.items()


def _applied(held: Held, rule: Rule) -> Iterator[Held]:
    for spent in combinations(held, len(rule.sources)):
        depth = max(token.depth for token in spent) + 1
        accepted = all(rule.accepts(token.passed_on) for token in spent)
        if sorted(t.code for t in spent) == sorted(rule.sources) and accepted and depth <= 3:
            passed_on = max(token.passed_on for token in spent)
            gained = Counter(Token(code, depth, passed_on) for code in rule.targets)
            yield tuple(sorted((Counter(held) - Counter(spent) + gained).elements()))


def _fillings(inputs: Inputs, codes: set[str], applied: int) -> Iterator[Goals]:
    waivable = {waiver.code for waiver in inputs.waivers}
    slots = [
        slot
        for slot in inputs.courses
        if slot in codes | waivable and slot not in inputs.choices.cleared
    ]
    for choice in product((True, False), repeat=len(slots)):
        filled = {slot for slot, taken in zip(slots, choice, strict=True) if taken}
        waived = len(filled - codes)
        if waived <= inputs.most_waivers and _within_groups(inputs, filled):
            yield _goals(inputs, filled, applied + waived)


def _within_groups(inputs: Inputs, filled: set[str]) -> bool:
    return all(
        group.max_courses is None
        or sum(c.code in filled and not c.theory_code for c in group.courses) <= group.max_courses
        for group in inputs.groups
    )


def _goals(inputs: Inputs, filled: set[str], replacements: int) -> Goals:
    credits_ = sum(
        course.credits
        for group in inputs.groups
        for course in group.courses
        if group.counts_credits and course.code in filled
    )
    required = sum(course.code in filled for course in inputs.required())
    return Goals(0, required, -shortfall(inputs, filled), credits_, -replacements)


def first_choice(inputs: Inputs, goals: Goals) -> list[Option]:
    """Of all sets of options with these goals, return the one that takes the earliest options."""
    options = options_of(inputs)
    fitting = (set_ for set_ in _subsets(options) if _is_allowed(inputs, set_))
    reached = [s for s in fitting if replace(_measured(inputs, s), own_choices=0) == goals]
    return max(reached, key=lambda set_: [option in set_ for option in options])


def _measured(inputs: Inputs, set_: list[Option]) -> Goals:
    made = {option.production.key: len(option.production.rules) for option in set_}
    waived = sum(option.production.waiver is not None for option in set_)
    replaced = sum(made.values()) + sum(len(option.chain) for option in set_) + waived
    return _goals(inputs, {option.slot for option in set_}, replaced)


def _subsets(options: list[Option]) -> Iterator[list[Option]]:
    for taken in product((True, False), repeat=len(options)):
        yield [option for option, is_taken in zip(options, taken, strict=True) if is_taken]


def _is_allowed(inputs: Inputs, set_: list[Option]) -> bool:
    slots = [option.slot for option in set_]
    outputs = [(option.production.key, option.output) for option in set_]
    made = {option.production.key: option.production for option in set_}
    spent = [record for production in made.values() for record in production.records]
    waived = sum(option.production.waiver is not None for option in set_)
    return (
        all(len(set(things)) == len(things) for things in (slots, outputs, spent))
        and waived <= inputs.most_waivers
        and _within_groups(inputs, set(slots))
    )
