"""What keeps models from running at all. `Definition.parse` refuses these; `check` reports more."""

from collections.abc import Mapping

from engine.bpmn.checks import (
    calls,
    contents,
    elements,
    events,
    expressions,
    flows,
    identities,
    services,
    sizes,
    tokens,
)
from engine.bpmn.checks.reading import Models, read_models
from engine.bpmn.faults import ERROR, Fault

RULES = (
    elements.faults,
    contents.faults,
    identities.faults,
    flows.faults,
    events.faults,
    tokens.faults,
    calls.faults,
    services.naming,
    expressions.faults,
)


def examine(models: Mapping[str, bytes]) -> tuple[Models, list[Fault]]:
    """Read the models and return what is wrong with their structure."""
    found = read_models(models)
    too_large = list(sizes.faults(found))
    if too_large:
        found.are_too_large = True
        return found, [*found.faults, *too_large]
    return found, [*found.faults, *(fault for rule in RULES for fault in rule(found))]


def refusals(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity == ERROR]
