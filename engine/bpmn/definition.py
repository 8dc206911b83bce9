"""Parsed models: one set for all cases of a release, never changed by any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from engine.bpmn.faults import Fault, ModelFaults
from engine.bpmn.model import Diagram, Node
from engine.bpmn.naming import (
    Expression,
    NamedUse,
    ServiceUse,
    decision_uses,
    expressions,
    message_uses,
    service_uses,
)
from engine.bpmn.process import Clock, Process
from engine.bpmn.specs.engine import Services
from engine.bpmn.specs.parsing import Parser
from engine.bpmn.state import codec
from engine.bpmn.structure import examine, refusals
from engine.dmn import Decision
from engine.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class UserTask:
    """A task that people do, as the models say it."""

    process: str
    element: str
    name: str
    lane: str | None
    form: str | None
    properties: Mapping[str, str] = field(default_factory=dict)

    @property
    def name_en(self) -> str | None:
        return self.properties.get("name.en")


class Definition:
    """Every process of a release. Use `parse`."""

    def __init__(
        self,
        diagrams: list[Diagram],
        specs: Mapping[str, Any],
        decisions: Mapping[str, Decision],
    ) -> None:
        self._diagrams = diagrams
        self._specs = dict(specs)
        self.decisions = dict(decisions)

    @classmethod
    def parse(cls, models: Mapping[str, bytes]) -> Self:
        """Read `.bpmn` and `.dmn` files by name; raise `ModelFaults` for what cannot run."""
        found, faults = examine(models)
        if refused := refusals(faults):
            raise ModelFaults(refused)
        return cls(found.diagrams, _specs(found.diagrams), found.decisions)

    def start(
        self,
        process_id: str,
        variables: Mapping[str, Any] | None = None,
        *,
        services: Services,
        clock: Clock,
        at: str | None = None,
    ) -> Process:
        """Start a process; `variables` stand at the top level of its data.

        `at` names one of several start events; without it, the first that is drawn begins.
        """
        spec = self._specs[process_id]
        return Process.start(
            spec,
            self._specs,
            variables or {},
            self.decisions,
            services=services,
            clock=clock,
            at=at,
        )

    def resume(self, state: bytes, *, services: Services, clock: Clock) -> Process:
        """Return the process of a saved state."""
        return Process.resume(state, self._specs, self.decisions, services=services, clock=clock)

    def known_to(self, state: bytes, task_id: str) -> dict[str, Any]:
        """Return what the token at an open task knows; a page need not wake the process for it."""
        return codec.known_to(state, task_id) or {}

    def names(self) -> dict[str, tuple[str, str | None]]:
        """Return what every element is called, in Chinese and English, by its id."""
        return {node.id: (node.name, node.properties.get("name.en")) for node in self._nodes()}

    @property
    def process_ids(self) -> list[str]:
        return [scope.id for found in self._diagrams for scope in found.processes]

    def user_tasks(self) -> list[UserTask]:
        return [_user_task(node) for node in self._nodes() if node.kind == "userTask"]

    def services_named(self) -> list[ServiceUse]:
        return service_uses(self._nodes())

    def decisions_named(self) -> list[NamedUse]:
        return decision_uses(self._nodes())

    def messages_named(self) -> list[NamedUse]:
        return [use for found in self._diagrams for use in message_uses(found)]

    def expressions(self) -> list[Expression]:
        return [item for found in self._diagrams for item in expressions(found)]

    def elements(self, process_id: str) -> list[Node]:
        """Return every node of a process, those of its embedded subprocesses included."""
        return [node for node in self._nodes() if node.process == process_id]

    def _nodes(self) -> list[Node]:
        return [node for found in self._diagrams for node in found.nodes]


def _specs(diagrams: list[Diagram]) -> dict[str, Any]:
    parser = Parser()
    try:
        for found in diagrams:
            parser.add_bpmn_xml(found.root, found.file)
        specs: dict[str, Any] = {}
        for found in diagrams:
            for process in found.processes:
                _add_spec(parser, process.id, specs)
    except ValidationException as cause:
        raise ModelFaults([Fault(cause.file_name or "", cause.id or "", str(cause))]) from cause
    except RecursionError as cause:
        raise ModelFaults([Fault("", "", _("嵌套太深，读不下去"))]) from cause
    return specs


def _add_spec(parser: Parser, name: str, specs: dict[str, Any]) -> None:
    if name in specs:
        return
    specs[name] = parser.get_spec(name)
    for spec in specs[name].task_specs.values():
        if isinstance(spec, SubWorkflowTask):
            _add_spec(parser, spec.spec, specs)


def _user_task(node: Node) -> UserTask:
    properties = node.properties
    return UserTask(node.process, node.id, node.name, node.lane, properties.get("form"), properties)
