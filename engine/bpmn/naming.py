"""Which services, decisions, messages and expressions the diagrams name, and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.bpmn.documents import bpmn, spiff
from engine.bpmn.model import CALLERS, Diagram, Node, Scope


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """A service or send task: what it calls, and the expressions it hands over."""

    file: str
    element: str
    service: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def parameter_names(self) -> tuple[str, ...]:
        return tuple(name for name, _text in self.parameters)


@dataclass(frozen=True, slots=True)
class NamedUse:
    """An element that names a decision table or a message."""

    file: str
    element: str
    name: str


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression and the element it belongs to; `role` is what it decides there."""

    file: str
    process: str
    element: str
    role: str
    text: str


def service_uses(nodes: Iterable[Node]) -> list[ServiceUse]:
    return [
        ServiceUse(node.file, node.id, operator.get("id", ""), _parameters(operator))
        for node in nodes
        if node.kind in CALLERS
        for operator in node.extensions("serviceTaskOperator")[:1]
    ]


def decision_uses(nodes: Iterable[Node]) -> list[NamedUse]:
    return [
        NamedUse(node.file, node.id, decision_of(node))
        for node in nodes
        if node.kind == "businessRuleTask"
    ]


def decision_of(node: Node) -> str:
    return next(((found.text or "").strip() for found in node.extensions("calledDecisionId")), "")


def message_uses(found: Diagram) -> list[NamedUse]:
    return [
        NamedUse(node.file, node.id, found.messages.get(reference, ""))
        for node in found.nodes
        for reference in message_references(node)
    ]


def message_references(node: Node) -> list[str]:
    """Return the ids of the messages a node waits for, `""` for one that names none."""
    if node.kind == "receiveTask":
        return [node.xml.get("messageRef", "")]
    return [item.get("messageRef", "") for kind, item in node.definitions() if kind == "message"]


def timer_of(node: Node) -> tuple[str, str] | None:
    """Return the kind (`timeDate`, `timeDuration`, `timeCycle`) and text of a node's timer."""
    for kind, item in node.definitions():
        if kind == "timer":
            for tag in ("timeDate", "timeDuration", "timeCycle"):
                text = item.findtext(bpmn(tag))
                if text is not None and text.strip():
                    return tag, text.strip()
            return "", ""
    return None


def expressions(found: Diagram) -> Iterator[Expression]:
    """Yield every expression of a diagram that will be evaluated when it runs."""
    for scope in found.scopes:
        yield from _conditions(scope)
        for node in scope.nodes:
            yield from _of_node(node)


def _conditions(scope: Scope) -> Iterator[Expression]:
    for flow in scope.flows:
        if flow.condition:
            yield Expression(scope.file, scope.process, flow.id, "condition", flow.condition)


def _of_node(node: Node) -> Iterator[Expression]:
    timer = timer_of(node)
    if timer is not None and timer[1]:
        yield Expression(node.file, node.process, node.id, timer[0], timer[1])
    for use in service_uses([node]):
        for name, text in use.parameters:
            yield Expression(node.file, node.process, node.id, f"parameter {name}", text)
    due = node.properties.get("due")
    if due:
        yield Expression(node.file, node.process, node.id, "due", due)


def _parameters(operator: object) -> tuple[tuple[str, str], ...]:
    found = operator.iter(spiff("parameter"))  # type: ignore[attr-defined]
    return tuple((item.get("id", ""), item.get("value", "")) for item in found)
