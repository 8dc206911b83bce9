"""What the events on the edge of an activity leave behind, and whom they make the process wait
for."""

from collections.abc import Iterator

from engine.bpmn.checks.calls import called_by
from engine.bpmn.checks.expressions import names_in
from engine.bpmn.checks.forks import interrupts
from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import bpmn
from engine.bpmn.faults import WARNING, Fault
from engine.bpmn.model import CALLS, NODES, SCOPES, Node
from engine.bpmn.naming import Expression, expressions, timer_of
from engine.i18n import gettext as _


def doubts(models: Models) -> Iterator[Fault]:
    people = _People(models)
    read = [each for found in models.diagrams for each in expressions(found)]
    for scope in models.scopes:
        graph = Graph(scope)
        for event in scope.of_kind("boundaryEvent"):
            if event.attached_to not in graph.nodes:
                continue
            if interrupts(event):
                yield from _lost(graph, event, read)
            elif timer_of(event) is not None:
                yield from _people_aside(graph, event, people)


def _people_aside(graph: Graph, event: Node, people: "_People") -> Iterator[Fault]:
    """The activity may be done and its scope still waits for who was only to be told."""
    carrier = event.attached_to or ""
    main = graph.reached_from([flow.target for flow in graph.outgoing[carrier]])
    for name in sorted(graph.reached_from(graph.edges[event.id]) - main - {carrier}):
        if people.ask_at(graph.nodes[name]):
            text = _("%(event)s 不中断，流程结束前还要等这里的人办完", event=event.id)
            yield at(graph.nodes[name], text, _("请改为通知人的服务任务"), WARNING)


def _lost(graph: Graph, event: Node, read: list[Expression]) -> Iterator[Fault]:
    """An event that interrupts knows only what was known when its activity began."""
    carrier = event.attached_to or ""
    lost = {carrier} | _inside(graph.nodes[carrier])
    starts = [node.id for node in graph.scope.of_kind("startEvent")]
    only = graph.reached_from([event.id]) - graph.reached_from(starts, {event.id})
    places = {name for node in only for name in (node, *_inside(graph.nodes[node]))}
    places |= {flow.id for node in only for flow in graph.outgoing[node]}
    for expression in read:
        if expression.file == event.file and expression.element in places:
            for name in sorted(names_in(expression) & lost):
                text = _("%(name)s 随 %(carrier)s 一起中断了", name=name, carrier=carrier)
                mend = _("请读取此前的结果，或由服务按案件查询")
                yield Fault(expression.file, expression.element, text, WARNING, mend)


def _inside(node: Node) -> set[str]:
    """Return the elements and flows of an embedded subprocess, none of anything else."""
    held = node.xml.iterdescendants(*map(bpmn, NODES | {"sequenceFlow"}))
    return {item.get("id", "") for item in held}


class _People:
    """Where somebody is asked, looked up through subprocesses and calls."""

    def __init__(self, models: Models) -> None:
        self._scopes = {scope.id: scope for scope in models.scopes}

    def ask_at(self, node: Node) -> bool:
        seen: set[str] = set()
        open_ends = [node]
        while open_ends:
            found = open_ends.pop()
            if found.kind == "userTask":
                return True
            name = called_by(found) if found.kind in CALLS else found.id
            if found.kind in SCOPES | CALLS and name in self._scopes and name not in seen:
                seen.add(name)
                open_ends += self._scopes[name].nodes
        return False
