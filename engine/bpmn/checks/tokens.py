"""Circles: none without a way out, none without a person, a time or a message in it."""

from collections.abc import Iterator
from dataclasses import replace

from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import WARNING, Fault
from engine.bpmn.model import CALLS, SCOPES, Node, Scope
from engine.bpmn.naming import timer_of
from engine.i18n import gettext as _

WAITS = frozenset({"userTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})
DECIDES = frozenset({"exclusiveGateway", "eventBasedGateway", "boundaryEvent"})


def faults(models: Models) -> Iterator[Fault]:
    """Yield circles that no gateway decides: the library looks ahead along them without end."""
    for scope in models.scopes:
        graph = Graph(scope)
        deciding = {node.id for node in scope.of_kind(*DECIDES)}
        circle = graph.cycle_without(deciding)
        if circle:
            yield _around(graph, circle, _("循环里没有排他网关，走不出去"), _("请加一个出口"))


def house(models: Models) -> Iterator[Fault]:
    """Yield circles that go round by themselves until the budget is spent."""
    waits = _Waits(models)
    for scope in models.scopes:
        graph = Graph(scope)
        waiting = {node.id for node in scope.nodes if waits.at(node)}
        boundaries = {node.id for node in scope.of_kind("boundaryEvent") if not _is_error(node)}
        circle = graph.cycle_without(waiting | boundaries)
        if circle:
            yield _around(
                graph,
                circle,
                _("循环里没有用户任务、定时或消息，会空转"),
                _("请在循环里等人、等时间或等消息"),
            )


def doubts(models: Models) -> Iterator[Fault]:
    """Yield circles that only a timer slows down: they look again and again, for ever."""
    for scope in models.scopes:
        graph = Graph(scope)
        timers = {node.id for node in scope.nodes if timer_of(node) is not None}
        others = {node.id for node in scope.of_kind(*WAITS, *SCOPES, *CALLS)} - timers
        circle = graph.cycle_without(others)
        if timers & set(circle):
            found = _around(graph, circle, _("循环只靠定时推进，等于不停轮询"), _("请改为等消息"))
            yield replace(found, severity=WARNING)


def _is_error(event: Node) -> bool:
    """An error waits for nothing but what its activity waits for."""
    return any(kind == "error" for kind, _item in event.definitions())


def _around(graph: Graph, circle: list[str], text: str, mend: str) -> Fault:
    """Return one fault for a whole circle, at its first element."""
    elements = _("%(what)s（%(elements)s）", what=text, elements="、".join(circle[:8]))
    return at(graph.nodes[circle[0]], elements, mend)


class _Waits:
    """Whether an activity can make the process stand still, looked up through calls."""

    def __init__(self, models: Models) -> None:
        self._scopes: dict[str, Scope] = {scope.id: scope for scope in models.scopes}
        self._known: dict[str, bool] = {}

    def at(self, node: Node) -> bool:
        if node.kind in CALLS:
            return self._inside(node.xml.get("calledElement", ""))
        if node.kind in SCOPES:
            return self._inside(node.id)
        return node.kind in WAITS

    def _inside(self, name: str) -> bool:
        if name not in self._scopes:
            return True
        if name not in self._known:
            self._known[name] = False
            self._known[name] = any(self.at(node) for node in self._scopes[name].nodes)
        return self._known[name]
