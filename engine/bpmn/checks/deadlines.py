"""Deadlines on a way back: durations that begin anew with each round, dates that never move."""

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checks.expressions import names_in, reads_the_clock
from engine.bpmn.checks.forks import interrupts
from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import WARNING, Fault
from engine.bpmn.model import Node, Scope
from engine.bpmn.naming import Expression, expressions, timer_of
from engine.i18n import gettext as _

ACKNOWLEDGED = "restarts"
"""The property by which an author says that a new round is to have a new period."""


def doubts(models: Models) -> Iterator[Fault]:
    """Yield durations that begin anew with every round."""
    # By where they stand: ids may occur twice in what is checked.
    graphs = {scope.xml: Graph(scope) for scope in models.scopes}
    for scope in models.scopes:
        for node in scope.nodes:
            said = node.properties.get(ACKNOWLEDGED)
            restarts = _restarts(graphs, scope, node)
            if restarts and said != "true":
                text = _("每次循环回来，时长都重新计算")
                mend = _("请改为服务给出的时刻；确要重新计算，请加属性 restarts=true")
                yield at(node, text, mend, WARNING)
            elif said is not None and not restarts:
                text = _("属性 %(name)s 在这里不起作用", name=ACKNOWLEDGED)
                yield at(node, text, _("请删去它"), WARNING)


def house(models: Models) -> Iterator[Fault]:
    """Yield dates that have passed for good once they have: they interrupt every later round."""
    for found in models.diagrams:
        dates = {each.element: each for each in expressions(found) if each.role == "timeDate"}
        for scope in found.scopes:
            graph = Graph(scope)
            for event in scope.of_kind("boundaryEvent"):
                if event.id in dates and _never_moves(models, graph, event, dates[event.id]):
                    text = _("到期后绕回来，时刻还是过去的那个，会立即再次到期")
                    yield at(event, text, _("请在回路上重新取得这个时刻"))


def _restarts(graphs: dict[Any, Graph], scope: Scope, event: Node) -> bool:
    """Say whether the wait can be left before it is over, and come to again."""
    timer = timer_of(event)
    graph = graphs[scope.xml]
    place = _waited_at(graph, event)
    if timer is None or timer[0] != "timeDuration" or place is None:
        return False
    if _comes_again(graph, place, but_by=event.id):
        return True
    while (outer := graphs.get(graph.scope.xml.getparent())) is not None:
        if _comes_again(outer, graph.scope.id):
            return True
        graph = outer
    return False


def _waited_at(graph: Graph, event: Node) -> str | None:
    """Return what can end before the timer does; a mere pause is always waited out."""
    if event.kind == "boundaryEvent":
        return event.attached_to if event.attached_to in graph.nodes else None
    sources = [flow.source for flow in graph.incoming[event.id]]
    gateways = {node.id for node in graph.scope.of_kind("eventBasedGateway")}
    return next((source for source in sources if source in gateways), None)


def _comes_again(graph: Graph, place: str, but_by: str = "") -> bool:
    """A round that begins with the timer's own end is a new period in any case."""
    return place in graph.reached_from(graph.edges[place], {but_by})


def _never_moves(models: Models, graph: Graph, event: Node, date: Expression) -> bool:
    """A way that a gateway decides is left out: it may be taken only where the date is new."""
    if not interrupts(event) or reads_the_clock(date.text):
        return False
    choices = graph.scope.of_kind("exclusiveGateway")
    decided = {node.id for node in choices if len(graph.outgoing[node.id]) > 1}
    way_back = graph.reached_from([event.id], decided | _around(models, names_in(date)))
    return event.attached_to in way_back


def _around(models: Models, names: frozenset[str]) -> set[str]:
    """Return elements by name, and every subprocess that one of them stands in."""
    found = set(names)
    for scope in reversed(list(models.scopes)):
        if scope.parent is not None and any(node.id in found for node in scope.nodes):
            found.add(scope.id)
    return found
