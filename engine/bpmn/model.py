"""A light reading of the diagrams for questions that need no token: what stands where, and whose
it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.documents import bpmn, spiff, tag_of

CALLERS = frozenset({"serviceTask", "sendTask"})
"""What a named service does; a send task is one whose service tells somebody outside."""
TASKS = CALLERS | {"userTask", "businessRuleTask", "receiveTask"}
UNTYPED_TASKS = frozenset({"task", "manualTask", "scriptTask"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})
INEXACT_GATEWAYS = frozenset({"inclusiveGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWN = frozenset({"intermediateThrowEvent"})
SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
CALLS = frozenset({"callActivity"})
ACTIVITIES = TASKS | UNTYPED_TASKS | SCOPES | CALLS
NODES = ACTIVITIES | GATEWAYS | INEXACT_GATEWAYS | EVENTS | THROWN


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is the text of its expression, if it has one."""

    id: str
    source: str
    target: str
    condition: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """An element that a token can stand on. `lane` is a lane's id, that is, a role."""

    id: str
    kind: str
    name: str
    file: str
    process: str
    scope: str
    lane: str | None
    xml: Any = field(repr=False, compare=False)

    @property
    def properties(self) -> dict[str, str]:
        return {
            item.get("name", ""): item.get("value", "")
            for item in self.extensions("properties")
            for item in item.iter(spiff("property"))
        }

    @property
    def attached_to(self) -> str | None:
        return self.xml.get("attachedToRef") if self.kind == "boundaryEvent" else None

    def extensions(self, name: str) -> list[Any]:
        """Return the extension elements of one name, in order."""
        found: list[Any] = self.xml.findall(f"./{bpmn('extensionElements')}/{spiff(name)}")
        return found

    def definitions(self) -> list[tuple[str, Any]]:
        """Return the event definitions as pairs of kind (`timer`, `message`, …) and element."""
        suffix = "EventDefinition"
        pairs = [(tag_of(child), child) for child in self.xml]
        return [(tag.removesuffix(suffix), child) for tag, child in pairs if tag.endswith(suffix)]


@dataclass(slots=True)
class Scope:
    """A process or an embedded subprocess, with what stands directly in it."""

    id: str
    file: str
    process: str
    parent: str | None
    depth: int
    xml: Any = field(repr=False)
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[Node]:
        return [node for node in self.nodes if node.kind in kinds]


@dataclass(slots=True)
class Diagram:
    """One `.bpmn` file: every scope in it, outer ones first, and its messages by id."""

    file: str
    root: Any = field(repr=False)
    scopes: list[Scope] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)

    @property
    def processes(self) -> list[Scope]:
        return [scope for scope in self.scopes if scope.parent is None]

    @property
    def nodes(self) -> Iterator[Node]:
        return (node for scope in self.scopes for node in scope.nodes)


def diagram(file: str, root: Any) -> Diagram:
    """Read one document; what cannot be understood is left out, never raised."""
    found = Diagram(file, root)
    lanes = lanes_of(root)
    for element in root:
        if tag_of(element) == "process":
            scope = Scope(element.get("id", ""), file, element.get("id", ""), None, 0, element)
            _read_scope(found, scope, lanes, None)
        elif tag_of(element) == "message":
            found.messages[element.get("id", "")] = element.get("name", "")
    return found


def lanes_of(root: Any) -> dict[str, str]:
    """Return the lane id of every node that a lane lists; an inner lane wins over an outer one."""
    found: dict[str, tuple[int, str]] = {}
    for element in root.iter(bpmn("flowNodeRef")):
        lane = element.getparent()
        node = (element.text or "").strip()
        nesting = sum(1 for _ in lane.iterancestors(bpmn("lane")))
        if lane.get("id") and nesting >= found.get(node, (0, ""))[0]:
            found[node] = (nesting, lane.get("id"))
    return {node: lane for node, (_, lane) in found.items()}


def condition_of(flow: Any) -> str | None:
    """Return the text of a sequence flow's condition, None if it has none."""
    condition = flow.find(bpmn("conditionExpression"))
    return None if condition is None else (condition.text or "").strip()


def _read_scope(found: Diagram, scope: Scope, lanes: dict[str, str], inherited: str | None) -> None:
    found.scopes.append(scope)
    for element in scope.xml:
        tag = tag_of(element)
        if tag == "sequenceFlow":
            scope.flows.append(_flow(element))
        elif tag in NODES:
            node = _node(scope, element, tag, inherited or lanes.get(element.get("id", "")))
            scope.nodes.append(node)
            if tag in SCOPES:
                inner = Scope(
                    node.id, scope.file, scope.process, scope.id, scope.depth + 1, element
                )
                _read_scope(found, inner, lanes, node.lane)


def _node(scope: Scope, element: Any, tag: str, lane: str | None) -> Node:
    return Node(
        id=element.get("id", ""),
        kind=tag,
        name=element.get("name", ""),
        file=scope.file,
        process=scope.process,
        scope=scope.id,
        lane=lane,
        xml=element,
    )


def _flow(element: Any) -> Flow:
    return Flow(
        element.get("id", ""),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        condition_of(element),
    )
