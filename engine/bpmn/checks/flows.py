"""Sequence flows: every element reached, every way with an end, every choice decided."""

from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn.checks.calls import called_by
from engine.bpmn.checks.forks import interrupts
from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import ERROR, WARNING, Fault
from engine.bpmn.model import ACTIVITIES, CALLS, Flow, Node, Scope
from engine.i18n import gettext as _

SINGLE = ACTIVITIES | {"intermediateCatchEvent", "intermediateThrowEvent"}


def faults(models: Models) -> Iterator[Fault]:
    """Yield what the engine would trip over, or pass by without a word."""
    for scope in models.scopes:
        graph = Graph(scope)
        yield from _starts_and_ends(scope)
        yield from _dangling(graph)
        for node in scope.nodes:
            yield from _ways_in(graph, node)
            yield from _ways_out(graph, node)
            yield from _decisions(graph, node)


def house(models: Models) -> Iterator[Fault]:
    """Yield ways that are never gone, and choices that may find no way."""
    for scope in models.scopes:
        graph = Graph(scope)
        yield from _unreachable(graph)
        yield from _endless(models, graph)
        for node in scope.nodes:
            yield from _defaults(graph, node)


def _starts_and_ends(scope: Scope) -> Iterator[Fault]:
    starts = scope.of_kind("startEvent")
    if not starts:
        yield at(scope, _("没有开始事件"), _("请画一个开始事件"))
    if scope.parent is not None:
        for extra in starts[1:]:
            yield at(extra, _("子流程多于一个开始事件"), _("请只留一个"))
    if not scope.of_kind("endEvent"):
        yield at(scope, _("没有结束事件"), _("请画一个结束事件"))


def _dangling(graph: Graph) -> Iterator[Fault]:
    for flow in graph.dangling:
        text = _("连线的一端没有接到同一层的元素")
        yield _of_flow(graph, flow, text, _("请重新连接或删去"))


def _ways_in(graph: Graph, node: Node) -> Iterator[Fault]:
    count = len(graph.incoming[node.id])
    if node.kind in {"startEvent", "boundaryEvent"}:
        if count:
            yield at(node, _("这里不能有进线"), _("请删去进线"))
    elif count > 1 and (node.kind in SINGLE or node.kind == "eventBasedGateway"):
        yield at(node, _("有 %(count)d 条进线", count=count), _("请先用网关汇合"))


def _ways_out(graph: Graph, node: Node) -> Iterator[Fault]:
    count = len(graph.outgoing[node.id])
    if node.kind == "endEvent":
        if count:
            yield at(node, _("结束事件不能有出线"), _("请删去出线"))
    elif not count:
        yield at(node, _("没有出线，走到这里就停住了"), _("请连到下一步或结束事件"))
    elif count > 1 and node.kind in SINGLE | {"startEvent", "boundaryEvent"}:
        yield at(node, _("有 %(count)d 条出线", count=count), _("请用网关分支"))


def _decisions(graph: Graph, node: Node) -> Iterator[Fault]:
    flows = graph.outgoing[node.id]
    default = node.xml.get("default")
    if node.kind == "exclusiveGateway":
        if default is not None and default not in {flow.id for flow in flows}:
            yield at(node, _("默认出线不是这个网关的出线"), _("请重新指定默认出线"))
        for flow in flows if len(flows) > 1 else ():
            if flow.id != default and not flow.condition:
                yield _of_flow(graph, flow, _("出线没有条件"), _("请写条件，或设为默认"))
        return
    for flow in flows:
        if flow.condition is not None:
            text = _("条件只在排他网关之后起作用")
            yield _of_flow(graph, flow, text, _("请加一个排他网关"))


def _defaults(graph: Graph, node: Node) -> Iterator[Fault]:
    flows = graph.outgoing[node.id]
    default = node.xml.get("default")
    if node.kind != "exclusiveGateway":
        if default is not None:
            yield at(node, _("默认出线只在排他网关上起作用"), _("请加一个排他网关"))
        return
    if len(flows) > 1 and default is None:
        yield at(node, _("排他网关没有默认出线"), _("请把一条出线设为默认"))
    for flow in flows:
        if flow.id == default and flow.condition and len(flows) > 1:
            found = _of_flow(graph, flow, _("默认出线的条件不起作用"), _("请删去条件"))
            yield replace(found, severity=WARNING)


def _unreachable(graph: Graph) -> Iterator[Fault]:
    starts = [node.id for node in graph.scope.of_kind("startEvent")]
    reached = graph.reached_from(starts)
    for node in graph.scope.nodes:
        if starts and node.id not in reached:
            yield at(node, _("从开始事件走不到这里"), _("请连接或删去"))


def _endless(models: Models, graph: Graph) -> Iterator[Fault]:
    """Yield elements from which no end can be reached, unless something else ends them."""
    ends = {node.id for node in graph.scope.of_kind("endEvent")}
    if not ends or _is_cut_short(models, graph.scope):
        return
    for node in graph.scope.nodes:
        if graph.edges[node.id] and not ends & graph.reached_from([node.id]):
            yield at(node, _("从这里走不到任何结束事件"), _("请加一条通向结束的路"))


def _is_cut_short(models: Models, scope: Scope) -> bool:
    """Say whether a terminate end, or an event on the edge of what runs the scope, may end it."""
    kinds = {kind for end in scope.of_kind("endEvent") for kind, _item in end.definitions()}
    runners = {
        node.id
        for node in models.nodes
        if node.id == scope.id or (node.kind in CALLS and called_by(node) == scope.id)
    }
    return bool(kinds) or any(
        node.attached_to in runners and interrupts(node) for node in models.nodes
    )


def _of_flow(graph: Graph, flow: Flow, text: str, mend: str) -> Fault:
    return Fault(graph.scope.file, flow.id, text, ERROR, mend)
