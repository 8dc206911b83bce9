"""Trying a decision table out: cases that no rule covers, cases that several do, idle rules.

Every finding has been seen: it names values for which the rules were really asked. A table whose
cells read other names cannot be tried out, nor one with too many cases.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice, product
from math import prod
from operator import and_
from typing import Any

from engine.dmn.decision import Decision
from engine.dmn.faults import DmnFault
from engine.dmn.samples import Sample, samples_of
from engine.dmn.table import HitPolicy
from engine.feel import Budget, FeelError
from engine.i18n import gettext as _

WORK = 200_000
"""Cases times rules that are tried."""

STEPS = 200_000
"""Steps that all the trials of a table share."""

NAMED = 3
"""Findings of one kind that are named; the analyst mends these and looks again."""

_MAY_FIND_NOTHING = (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)


@dataclass(frozen=True, slots=True)
class Case:
    """One value for each input, and the rules that matched it."""

    samples: tuple[Sample, ...]
    matched: tuple[int, ...]


def review(decision: Decision) -> list[DmnFault]:
    """Return what an analyst should look at, each with a case that shows it."""
    if not decision.rules or decision.required:
        return []
    try:
        cases = list(_cases(decision))
    except FeelError:
        # A cell that fails or costs too much is found when the table is asked, with its place.
        return []
    if not cases:
        return []
    return [*_gaps(decision, cases), *_overlaps(decision, cases), *_idle(decision, cases)]


def _cases(decision: Decision) -> Iterator[Case]:
    columns = [
        samples_of([rule.tests[at] for rule in decision.rules], decision.inputs[at].allowed)
        for at in range(len(decision.inputs))
    ]
    if any(test.names() for rule in decision.rules for test in rule.tests):
        return
    if len(decision.rules) * prod(len(column) for column in columns) > WORK:
        return
    budget = Budget(STEPS)
    masks = [_masks(decision, at, column, budget) for at, column in enumerate(columns)]
    everything = (1 << len(decision.rules)) - 1
    for places in product(*(range(len(column)) for column in columns)):
        found = reduce(and_, (masks[at][place] for at, place in enumerate(places)), everything)
        samples = tuple(columns[at][place] for at, place in enumerate(places))
        yield Case(samples, _bits(found))


def _masks(decision: Decision, at: int, column: Sequence[Sample], budget: Budget) -> list[int]:
    """Return for each sample the rules whose cell in this column it passes, as bits."""
    return [
        sum(
            rule.tests[at].holds(sample.value, {}, budget) << n
            for n, rule in enumerate(decision.rules)
        )
        for sample in column
    ]


def _gaps(decision: Decision, cases: Sequence[Case]) -> Iterator[DmnFault]:
    if decision.hit_policy in _MAY_FIND_NOTHING or any(each.default for each in decision.outputs):
        return
    for case in islice((case for case in cases if not case.matched), NAMED):
        text = _("没有规则适用于：%(case)s", case=_described(decision, case))
        yield DmnFault(decision.id, text)


def _overlaps(decision: Decision, cases: Sequence[Case]) -> Iterator[DmnFault]:
    if decision.hit_policy is not HitPolicy.UNIQUE:
        return
    pairs = {case.matched[:2]: case for case in reversed(cases) if len(case.matched) > 1}
    for matched, case in islice(sorted(pairs.items()), NAMED):
        facts = {"case": _described(decision, case), "other": matched[0] + 1}
        text = _("与第 %(other)s 条规则同时适用于：%(case)s", **facts)
        yield DmnFault(decision.rules[matched[1]].id, text)


def _idle(decision: Decision, cases: Sequence[Case]) -> Iterator[DmnFault]:
    """Name rules that never decide: with FIRST, those behind rules that always come before."""
    first_only = decision.hit_policy is HitPolicy.FIRST
    used = {n for case in cases for n in (case.matched[:1] if first_only else case.matched)}
    for n, rule in enumerate(decision.rules):
        if n not in used and all(_is_plain(test) for test in rule.tests):
            yield DmnFault(rule.id, _("第 %(n)s 条规则永远不会起作用", n=n + 1))


def _is_plain(test: Any) -> bool:
    return "?" not in test.source


def _described(decision: Decision, case: Case) -> str:
    pairs = zip(decision.inputs, case.samples, strict=True)
    return "，".join(f"{column.label} = {sample.text()}" for column, sample in pairs)


def _bits(mask: int) -> tuple[int, ...]:
    return tuple(n for n in range(mask.bit_length()) if mask >> n & 1)
