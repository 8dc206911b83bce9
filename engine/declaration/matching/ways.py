"""Every way in which records or certificates can fill courses of the plan.

A production turns records into courses: one record by itself, or several through substitutions
that take or give more than one course. From each of its outputs, chains of one-to-one
substitutions lead on; no course is more than three substitutions away from its records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product

from engine.declaration.matching.inputs import Inputs, Record, Rule, Waiver

MOST_STEPS = 3
MOST_PRODUCTIONS = 2_000


class RulesTooTangled(Exception):
    """The plan's substitutions combine in thousands of ways; nobody could follow such a match."""


@dataclass(frozen=True, slots=True)
class Output:
    code: str
    steps: tuple[str, ...]
    """The substitutions that lead here, in order."""
    depth: int
    passed_on: date
    """When the last of the records behind it was passed."""


@dataclass(frozen=True, slots=True)
class Production:
    records: tuple[str, ...]
    rules: tuple[str, ...]
    """Every substitution applied in it; each costs once, however many outputs are used."""
    outputs: tuple[Output, ...]
    waiver: str | None = None

    @property
    def key(self) -> str:
        """A stable name for it among the productions of the same inputs."""
        if self.waiver:
            return f"waiver {self.waiver}"
        return " ".join((*self.records, "via", *self.rules) if self.rules else self.records)


@dataclass(frozen=True, slots=True)
class Option:
    """One output of a production used for one slot."""

    slot: str
    production: Production
    output: int
    chain: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        return self.production.outputs[self.output].steps + self.chain

    @property
    def key(self) -> tuple[str, str, int]:
        return self.slot, self.production.key, self.output


def options_of(inputs: Inputs) -> list[Option]:
    """Return every option, best first within a slot, slots in the order of their codes."""
    singles = [rule for rule in inputs.active_rules if rule.is_single]
    found = [
        option
        for production in _productions(inputs)
        for option in _uses(production, singles, inputs.courses)
    ]
    found += [Option(w.code, _waived(w), 0) for w in inputs.waivers if w.code in inputs.courses]
    codes = {record.id: record.code for record in inputs.usable}
    open_slots = (o for o in found if o.slot not in inputs.choices.cleared)
    return sorted(open_slots, key=lambda option: _preference(option, codes))


def _preference(option: Option, codes: dict[str, str]) -> tuple[object, ...]:
    records = option.production.records
    return (
        option.slot,
        option.production.waiver is not None,
        len(option.steps),
        sorted(codes[r] for r in records),
        option.production.key,
        option.output,
    )


def _waived(waiver: Waiver) -> Production:
    return Production((), (), (Output(waiver.code, (), 0, date.min),), waiver=waiver.id)


def _uses(
    production: Production, singles: Iterable[Rule], slots: Iterable[str]
) -> Iterator[Option]:
    for index, output in enumerate(production.outputs):
        for code, chain in _reach(output, singles).items():
            if code in slots:
                yield Option(code, production, index, chain)


def _reach(output: Output, singles: Iterable[Rule]) -> dict[str, tuple[str, ...]]:
    """Return the courses that one-to-one substitutions lead to, each by its shortest chain."""
    found: dict[str, tuple[str, ...]] = {output.code: ()}
    edge = [output.code]
    for _ in range(MOST_STEPS - output.depth):
        steps = [
            (rule, code)
            for code in edge
            for rule in singles
            if rule.sources[0] == code and rule.accepts(output.passed_on)
        ]
        edge = []
        for rule, code in steps:
            if rule.targets[0] not in found:
                found[rule.targets[0]] = (*found[code], rule.id)
                edge.append(rule.targets[0])
    return found


def _productions(inputs: Inputs) -> list[Production]:
    singles = [rule for rule in inputs.active_rules if rule.is_single]
    several = [rule for rule in inputs.active_rules if not rule.is_single]
    pool = {p.key: p for p in map(_alone, inputs.usable)}
    for _ in range(MOST_STEPS):
        before = list(pool.values())
        for rule in several:
            for made in _applications(rule, before, singles):
                pool.setdefault(made.key, made)
                if len(pool) > MOST_PRODUCTIONS:
                    raise RulesTooTangled(inputs.plan.id)
        if len(pool) == len(before):
            break
    return list(pool.values())


def _alone(record: Record) -> Production:
    return Production((record.id,), (), (Output(record.code, (), 0, record.passed_on),))


@dataclass(frozen=True, slots=True)
class _Source:
    """An output of an earlier production, brought to a rule's source by a chain."""

    production: Production
    output: int
    chain: tuple[str, ...]

    @property
    def passed_on(self) -> date:
        return self.production.outputs[self.output].passed_on

    @property
    def depth(self) -> int:
        return self.production.outputs[self.output].depth + len(self.chain)

    @property
    def steps(self) -> tuple[str, ...]:
        return self.production.outputs[self.output].steps + self.chain


def _applications(
    rule: Rule, pool: Iterable[Production], singles: Iterable[Rule]
) -> Iterator[Production]:
    sources = [list(_sources(code, pool, singles)) for code in rule.sources]
    for chosen in product(*sources):
        if _fit_together(chosen) and all(rule.accepts(s.passed_on) for s in chosen):
            made = _apply(rule, chosen)
            if made:
                yield made


def _sources(code: str, pool: Iterable[Production], singles: Iterable[Rule]) -> Iterator[_Source]:
    for production in pool:
        for index, output in enumerate(production.outputs):
            chain = _reach(output, singles).get(code)
            if chain is not None:
                yield _Source(production, index, chain)


def _fit_together(chosen: tuple[_Source, ...]) -> bool:
    """Tell whether no output and no record would be used twice."""
    outputs = {(s.production.key, s.output) for s in chosen}
    productions = {s.production.key: s.production for s in chosen}.values()
    records = [record for p in productions for record in p.records]
    return len(outputs) == len(chosen) and len(set(records)) == len(records)


def _apply(rule: Rule, chosen: tuple[_Source, ...]) -> Production | None:
    depth = max(s.depth for s in chosen) + 1
    if depth > MOST_STEPS:
        return None
    productions = {s.production.key: s.production for s in chosen}
    steps = tuple(step for s in chosen for step in s.steps)
    left_over = tuple(
        output
        for key, p in productions.items()
        for index, output in enumerate(p.outputs)
        if (key, index) not in {(s.production.key, s.output) for s in chosen}
    )
    passed_on = max(s.passed_on for s in chosen)
    gained = tuple(
        Output(code, (*_once(steps), rule.id), depth, passed_on) for code in rule.targets
    )
    applied = [r for p in productions.values() for r in p.rules]
    applied += [step for s in chosen for step in s.chain]
    return Production(
        tuple(sorted(r for p in productions.values() for r in p.records)),
        (*applied, rule.id),
        gained + left_over,
    )


def _once(steps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(steps))
