"""One decision: a table read from DMN's XML, and asked with a context."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.dmn.faults import CellFailed, InputNotAllowed
from engine.dmn.policies import Hit, Policy
from engine.dmn.reading import read_table
from engine.dmn.table import DecisionResult, HitPolicy, Input, Output, Rule
from engine.feel import Budget, Expression, FeelError, UnaryTests, text_of

STEPS = 100_000
"""Steps that all the cells of a table share."""


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    policy: Policy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    @classmethod
    def parse(cls, xml: bytes) -> "Decision":
        """Read a file that holds one decision table; raise `DmnFaults` with every fault of it."""
        table = read_table(xml)
        policy = Policy(table.hit_policy, table.aggregation, table.outputs)
        return cls(table.id, table.name, policy, table.inputs, table.outputs, table.rules)

    @property
    def hit_policy(self) -> HitPolicy:
        return self.policy.hit_policy

    def names(self) -> frozenset[str]:
        """Return the variables that the table reads."""
        return frozenset[str]().union(*(each.names() for each in self._parsed()))

    def evaluate(self, context: Mapping[str, Any]) -> DecisionResult:
        """Ask the table; a wrong number of matching rules or a value out of bounds raises."""
        budget = Budget(STEPS)
        values = [self._value(each, context, budget) for each in self.inputs]
        seen = {each.label: value for each, value in zip(self.inputs, values, strict=True)}
        hits = [
            self._hit(rule, context, budget)
            for rule in self.rules
            if _matches(rule, values, context, budget)
        ]
        value = self.policy.decide(hits) if hits else self._otherwise(context, budget)
        return DecisionResult(value, tuple(hit.rule for hit in hits), seen)

    def _value(self, column: Input, context: Mapping[str, Any], budget: Budget) -> Any:
        with _named(column.id):
            value = column.expression.evaluate(context, budget)
            if column.allowed and not column.allowed.holds(value, context, budget):
                raise InputNotAllowed(column.label, text_of(value))
        return value

    def _hit(self, rule: Rule, context: Mapping[str, Any], budget: Budget) -> Hit:
        with _named(rule.id):
            values = [each.evaluate(context, budget) if each else None for each in rule.results]
        return Hit(rule.id, tuple(values))

    def _otherwise(self, context: Mapping[str, Any], budget: Budget) -> Any:
        """Return the defaults of the outputs when no rule matched."""
        if not any(each.default for each in self.outputs):
            return self.policy.nothing()
        defaults = [
            each.default.evaluate(context, budget) if each.default else None
            for each in self.outputs
        ]
        value = self.policy.shaped(defaults)
        return [value] if self.policy.gives_list() else value

    def _parsed(self) -> Iterator[Expression | UnaryTests]:
        for column in self.inputs:
            yield column.expression
        for rule in self.rules:
            yield from rule.tests
            yield from (each for each in rule.results if each)


def _matches(rule: Rule, values: Sequence[Any], context: Mapping[str, Any], budget: Budget) -> bool:
    with _named(rule.id):
        return all(
            test.holds(value, context, budget)
            for test, value in zip(rule.tests, values, strict=True)
        )


@contextmanager
def _named(element: str) -> Iterator[None]:
    """Say in which rule or input an expression failed."""
    try:
        yield
    except FeelError as fault:
        raise CellFailed(element, fault) from fault
