"""Every fault of a set of models, named before anybody meets it. Pure; it never raises."""

from collections.abc import Callable, Collection, Iterator, Mapping

from engine.bpmn.checks import (
    calls,
    contents,
    deadlines,
    edges,
    elements,
    events,
    expressions,
    flows,
    forks,
    identities,
    names,
    people,
    tokens,
)
from engine.bpmn.checks import services as services_rules
from engine.bpmn.checks.reading import Models
from engine.bpmn.definition import Definition
from engine.bpmn.faults import ERROR, Fault, ModelFaults
from engine.bpmn.services import ServiceSignature
from engine.bpmn.structure import examine, refusals
from engine.i18n import gettext as _

Rule = Callable[[Models], Iterator[Fault]]

HOUSE: tuple[Rule, ...] = (
    elements.house,
    calls.house,
    identities.house,
    flows.house,
    tokens.house,
    forks.house,
    expressions.house,
    deadlines.house,
    contents.doubts,
    events.doubts,
    tokens.doubts,
    deadlines.doubts,
    edges.doubts,
    forks.doubts,
    people.doubts,
)


def check(
    models: Mapping[str, bytes],
    *,
    services: Mapping[str, ServiceSignature],
    forms: Mapping[str, Collection[str]],
    roles: Collection[str],
    variables: Collection[str] = (),
) -> list[Fault]:
    """Return the faults of `.bpmn` and `.dmn` files, in the order of files and elements.

    `forms` gives the outcomes of each form by name; `variables` are the names a case starts with.
    """
    try:
        found, faults = examine(models)
        if not found.are_too_large:
            faults += [fault for rule in HOUSE for fault in rule(found)]
            faults += services_rules.faults(found, services)
            faults += people.faults(found, forms, roles)
            faults += names.faults(found, forms, variables)
    except RecursionError:
        faults = [_beyond_reading()]
    if not refusals(faults):
        faults += _refused_by_library(models)
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.element, fault.text))


def _refused_by_library(models: Mapping[str, bytes]) -> list[Fault]:
    """Try what will be tried when the release is used; our own rules should have said it before."""
    try:
        Definition.parse(models)
    except ModelFaults as cause:
        return cause.problems
    except RecursionError:
        return [_beyond_reading()]
    return []


def _beyond_reading() -> Fault:
    return Fault("", "", _("嵌套太深，读不下去"), ERROR, _("请拆成几个流程"))
