"""Asking a decision table: which rules match, and what the hit policy makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.dmn.faults import InputNotAllowed, naming
from engine.dmn.logic import Logic, Names
from engine.dmn.policies import Hit, Policy
from engine.dmn.table import DecisionResult, Input, Output, Rule
from engine.feel import Budget, Expression, UnaryTests, text_of


@dataclass(frozen=True, slots=True)
class DecisionTable(Logic):
    policy: Policy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def value(self, names: Names, budget: Budget) -> Any:
        return self.decide(names, budget).value

    def decide(self, names: Names, budget: Budget) -> DecisionResult:
        """Ask the table; a wrong number of matching rules or a value out of bounds raises."""
        values = [self._value(each, names, budget) for each in self.inputs]
        seen = {each.label: value for each, value in zip(self.inputs, values, strict=True)}
        hits = [
            self._hit(rule, names, budget)
            for rule in self.rules
            if _matches(rule, values, names, budget)
        ]
        value = self.policy.decide(hits) if hits else self._otherwise(names, budget)
        return DecisionResult(value, tuple(hit.rule for hit in hits), seen)

    def reads(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.names() for each in self._parsed()))

    def _value(self, column: Input, names: Names, budget: Budget) -> Any:
        with naming(column.id):
            value = column.expression.evaluate(names, budget)
            if column.allowed and not column.allowed.holds(value, names, budget):
                raise InputNotAllowed(column.label, text_of(value))
        return value

    def _hit(self, rule: Rule, names: Names, budget: Budget) -> Hit:
        with naming(rule.id):
            values = [each.evaluate(names, budget) if each else None for each in rule.results]
        return Hit(rule.id, tuple(values))

    def _otherwise(self, names: Names, budget: Budget) -> Any:
        """Return the defaults of the outputs when no rule matched."""
        if not any(each.default for each in self.outputs):
            return self.policy.nothing()
        defaults = [
            each.default.evaluate(names, budget) if each.default else None for each in self.outputs
        ]
        value = self.policy.shaped(defaults)
        return [value] if self.policy.gives_list() else value

    def _parsed(self) -> Iterator[Expression | UnaryTests]:
        for column in self.inputs:
            yield column.expression
        for rule in self.rules:
            yield from rule.tests
            yield from (each for each in rule.results if each)


def _matches(rule: Rule, values: Sequence[Any], names: Mapping[str, Any], budget: Budget) -> bool:
    with naming(rule.id):
        return all(
            test.holds(value, names, budget) for test, value in zip(rule.tests, values, strict=True)
        )
