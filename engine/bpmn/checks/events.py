"""Events: attached to something that waits, naming a message that exists."""

from collections.abc import Iterator

from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import bpmn
from engine.bpmn.faults import ERROR, WARNING, Fault
from engine.bpmn.model import ACTIVITIES, CALLS, SCOPES, Diagram, Node
from engine.bpmn.naming import message_references
from engine.i18n import gettext as _

WAITING_ACTIVITIES = SCOPES | CALLS | {"userTask", "receiveTask", "task", "manualTask"}
AFTER_GATEWAY = frozenset({"intermediateCatchEvent", "receiveTask"})


def faults(models: Models) -> Iterator[Fault]:
    for found in models.diagrams:
        for node in found.nodes:
            yield from _messages(found, node)
            yield from _errors(found, node)
    for scope in models.scopes:
        graph = Graph(scope)
        for event in scope.of_kind("boundaryEvent"):
            yield from _attachment(graph, event)
        for gateway in scope.of_kind("eventBasedGateway"):
            yield from _gateway(graph, gateway)


def doubts(models: Models) -> Iterator[Fault]:
    """Yield events that can never come."""
    for scope in models.scopes:
        graph = Graph(scope)
        for event in scope.of_kind("boundaryEvent"):
            carrier = graph.nodes.get(event.attached_to or "")
            if carrier is not None and carrier.kind not in WAITING_ACTIVITIES:
                yield at(
                    event,
                    _("所附的任务立即完成，事件永远不会发生"),
                    _("请附在会等待的活动上"),
                    WARNING,
                )


def _messages(found: Diagram, node: Node) -> Iterator[Fault]:
    references = message_references(node)
    for reference in references:
        if reference not in found.messages:
            yield at(node, _("没有写明等哪个消息"), _("请选择消息"))
        elif not found.messages[reference].strip():
            yield at(node, _("消息 %(id)s 没有名称", id=reference), _("请填写消息名称"))


def _errors(found: Diagram, node: Node) -> Iterator[Fault]:
    known = {item.get("id") for item in found.root.iterchildren(bpmn("error"))}
    for kind, item in node.definitions():
        reference = item.get("errorRef")
        if kind == "error" and reference is not None and reference not in known:
            yield at(node, _("没有错误 %(id)s", id=reference), _("请重新选择错误"))
        if kind == "error" and reference is None and node.kind == "endEvent":
            yield at(node, _("没有写明是哪个错误"), _("请选择错误"))


def _attachment(graph: Graph, event: Node) -> Iterator[Fault]:
    carrier = graph.nodes.get(event.attached_to or "")
    if carrier is None:
        yield at(event, _("边界事件没有附在任何活动上"), _("请拖到一个活动的边上"))
    elif carrier.kind not in ACTIVITIES:
        yield at(event, _("边界事件只能附在活动上"), _("请拖到一个活动的边上"), ERROR)


def _gateway(graph: Graph, gateway: Node) -> Iterator[Fault]:
    followers = [graph.nodes[flow.target] for flow in graph.outgoing[gateway.id]]
    if len(followers) == 1:
        yield at(gateway, _("事件网关只有一条出线"), _("请直接连到事件"))
    for follower in followers:
        if follower.kind not in AFTER_GATEWAY:
            yield at(
                follower,
                _("事件网关之后只能是等待的事件"),
                _("请改为消息或定时中间事件"),
            )
        elif len(graph.incoming[follower.id]) > 1:
            yield at(
                follower,
                _("事件网关之后的事件只能有一条进线"),
                _("请删去其他进线"),
            )
