"""One decision, read from DMN's XML with the decisions and the knowledge it requires."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.dmn.asking import DecisionTable
from engine.dmn.logic import Logic, Names
from engine.dmn.policies import Policy
from engine.dmn.table import DecisionResult, HitPolicy, Input, Output, Rule
from engine.dmn.types import fitted
from engine.feel import Budget
from engine.feel.values.functions import Function
from engine.feel.values.kinds import plain
from engine.feel.values.types import Type

STEPS = 100_000
"""Steps that all the cells of a table share, with those of the decisions it requires."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; one that is no table has no inputs, outputs and rules."""

    id: str
    name: str
    logic: Logic
    type: Type | None = None
    required: tuple["Decision", ...] = ()
    knowledge: Mapping[str, Function] = field(default_factory=dict)
    knowledge_reads: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, xml: bytes, decision: str = "") -> "Decision":
        """Read the decision with this id or name, or the one that no other requires.

        `DmnFaults` names every fault of it and of what it requires.
        """
        from engine.dmn.reading import read_decision  # noqa: PLC0415  # it builds decisions

        return read_decision(xml, decision)

    @property
    def table(self) -> DecisionTable | None:
        return self.logic if isinstance(self.logic, DecisionTable) else None

    @property
    def policy(self) -> Policy | None:
        return self.table.policy if self.table else None

    @property
    def hit_policy(self) -> HitPolicy | None:
        return self.table.policy.hit_policy if self.table else None

    @property
    def inputs(self) -> tuple[Input, ...]:
        return self.table.inputs if self.table else ()

    @property
    def outputs(self) -> tuple[Output, ...]:
        return self.table.outputs if self.table else ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.table.rules if self.table else ()

    def names(self) -> frozenset[str]:
        """Return the variables it reads, itself or through what it requires."""
        given = {each.name for each in self.required} | self.knowledge.keys()
        own = (self.logic.reads() | self.knowledge_reads) - given
        return own.union(*(each.names() for each in self.required))

    def evaluate(self, context: Mapping[str, Any]) -> DecisionResult:
        """Decide; a wrong number of matching rules or a value out of bounds raises."""
        result = _Run(context, Budget(STEPS)).result(self)
        return replace(result, value=plain(result.value))


@dataclass(frozen=True, slots=True)
class _Run:
    """One evaluation: a decision that several others require is made once."""

    context: Names
    budget: Budget
    made: dict[str, DecisionResult] = field(default_factory=dict)

    def result(self, decision: Decision) -> DecisionResult:
        if decision.id not in self.made:
            values = {each.name: self.result(each).value for each in decision.required}
            names = {**self.context, **decision.knowledge, **values}
            found = decision.logic.decide(names, self.budget)
            self.made[decision.id] = replace(found, value=fitted(found.value, decision.type))
        return self.made[decision.id]
