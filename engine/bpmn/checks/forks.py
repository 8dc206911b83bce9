"""Where one token becomes several, and where those may meet again."""

from collections.abc import Iterator
from itertools import combinations

from engine.bpmn.checks.graph import Graph
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import WARNING, Fault
from engine.bpmn.model import Node
from engine.i18n import gettext as _


def house(models: Models) -> Iterator[Fault]:
    """Yield joins that would wait for ever."""
    for scope in models.scopes:
        graph = Graph(scope)
        for join in scope.of_kind("parallelGateway"):
            if len(graph.incoming[join.id]) > 1:
                yield from _join(graph, join)


def doubts(models: Models) -> Iterator[Fault]:
    """Yield what branches run into without a join: it runs once for each of them."""
    for scope in models.scopes:
        graph = Graph(scope)
        joins = {node.id for node in joins_of(graph)}
        ends = {node.id for node in scope.of_kind("endEvent")}
        for fork, ways in forks(graph):
            met = _met(graph, ways, joins | {fork}) - ends
            if met:
                yield at(
                    graph.nodes[min(met)],
                    _("%(fork)s 分出的两条路都会走到这里，会执行两次", fork=fork),
                    _("请用并行网关汇合"),
                    WARNING,
                )


def joins_of(graph: Graph) -> list[Node]:
    gateways = graph.scope.of_kind("parallelGateway")
    return [node for node in gateways if len(graph.incoming[node.id]) > 1]


def forks(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    """Yield every element that sends tokens several ways at once, with the first step of each."""
    for name, node in graph.nodes.items():
        ways = [flow.target for flow in graph.outgoing[name]]
        aside = [event.id for event in graph.attached[name] if not interrupts(event)]
        if node.kind == "parallelGateway" and len(ways) > 1:
            yield name, ways
        elif aside:
            yield name, [*ways, *aside]


def interrupts(event: Node) -> bool:
    return str(event.xml.get("cancelActivity", "true")) != "false"


def _met(graph: Graph, ways: list[str], without: set[str]) -> set[str]:
    """Return what more than one of the ways leads to."""
    once: set[str] = set()
    twice: set[str] = set()
    for way in ways:
        reached = graph.reached_from([way], without)
        twice |= once & reached
        once |= reached
    return twice


def _join(graph: Graph, join: Node) -> Iterator[Fault]:
    after = graph.after(join.id)
    sources = {flow.source for flow in graph.incoming[join.id]}
    if join.id in after and not sources <= after:
        yield at(
            join,
            _("并行汇合在循环上，却有一条进线不在循环上，第二轮永远等不到"),
            _("请把分支和汇合都放在循环里"),
        )
    elif not _all_may_come(graph, join.id, sorted(sources)):
        yield at(join, _("并行汇合的进线不会同时有令牌"), _("请改用排他网关汇合"))


def _all_may_come(graph: Graph, join: str, sources: list[str]) -> bool:
    """Say whether, for any two ways into a join, some fork can send a token along each."""
    senders = [_senders(graph, join, fork, ways, sources) for fork, ways in forks(graph)]
    return all(
        any(_apart(found[first], found[second]) for found in senders)
        for first, second in combinations(sources, 2)
    )


def _senders(
    graph: Graph, join: str, fork: str, ways: list[str], sources: list[str]
) -> dict[str, set[int]]:
    """Return, for each source, which of the fork's ways lead to it; the fork itself sends by all
    that go straight into the join."""
    found: dict[str, set[int]] = {source: set() for source in sources}
    for number, way in enumerate(ways):
        reached = {fork} if way == join else graph.reached_from([way], {join})
        for source in reached & found.keys():
            found[source].add(number)
    return found


def _apart(first: set[int], second: set[int]) -> bool:
    return bool(first and second) and len(first | second) > 1
