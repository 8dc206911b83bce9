"""Hit policies: from the rules that matched to the one value of the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.dmn.faults import OutputNotAllowed, SeveralRulesMatched
from engine.dmn.table import Aggregation, HitPolicy, Output
from engine.feel import equal, evaluate, text_of


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, and what its outputs are."""

    rule: str
    values: tuple[Any, ...]


Hits = Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Policy:
    """A hit policy, for a table with these outputs."""

    hit_policy: HitPolicy
    aggregation: Aggregation | None
    outputs: tuple[Output, ...]

    def decide(self, hits: Hits) -> Any:
        """Return the value of the table; at least one rule has matched."""
        if self.hit_policy is HitPolicy.COLLECT:
            return self._collected(hits)
        if self.hit_policy is HitPolicy.RULE_ORDER:
            return [self.shaped(hit.values) for hit in hits]
        if self.hit_policy is HitPolicy.OUTPUT_ORDER:
            return [self.shaped(hit.values) for hit in self._by_priority(hits)]
        return self.shaped(self._one(hits).values)

    def nothing(self) -> Any:
        """Return the value when no rule matched and the outputs have no defaults."""
        if self.aggregation is Aggregation.COUNT:
            return evaluate("0", {})
        return [] if self.gives_list() else None

    def gives_list(self) -> bool:
        lists = (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)
        return self.hit_policy in lists and self.aggregation is None

    def shaped(self, values: Sequence[Any]) -> Any:
        """Return one output as its plain value, several as a context."""
        if len(self.outputs) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self.outputs, values, strict=True)}

    def _one(self, hits: Hits) -> Hit:
        if self.hit_policy is HitPolicy.PRIORITY:
            return self._by_priority(hits)[0]
        several = len(hits) > 1 and self.hit_policy is HitPolicy.UNIQUE
        if several or (self.hit_policy is HitPolicy.ANY and not _agree(hits)):
            raise SeveralRulesMatched([hit.rule for hit in hits])
        return hits[0]

    def _collected(self, hits: Hits) -> Any:
        if self.aggregation is None:
            return [self.shaped(hit.values) for hit in hits]
        values = [hit.values[0] for hit in hits]
        return evaluate(_AGGREGATIONS[self.aggregation], {"values": values})

    def _by_priority(self, hits: Hits) -> Hits:
        return sorted(hits, key=self._rank)

    def _rank(self, hit: Hit) -> tuple[int, ...]:
        return tuple(
            _place(hit.rule, value, output)
            for value, output in zip(hit.values, self.outputs, strict=True)
            if output.values
        )


_AGGREGATIONS: Mapping[Aggregation, str] = {
    Aggregation.SUM: "sum(values)",
    Aggregation.COUNT: "count(values)",
    Aggregation.MIN: "min(values)",
    Aggregation.MAX: "max(values)",
}


def _agree(hits: Hits) -> bool:
    return all(equal(list(hit.values), list(hits[0].values)) for hit in hits)


def _place(rule: str, value: Any, output: Output) -> int:
    for place, allowed in enumerate(output.values):
        if equal(value, allowed):
            return place
    raise OutputNotAllowed(rule, text_of(value))
