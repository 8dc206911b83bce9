"""The flows of one scope as a graph, its boundary events included."""

from collections.abc import Collection, Iterable, Mapping

from engine.bpmn.model import Flow, Node, Scope


class Graph:
    """Who follows whom. Flows that lead nowhere are left out; `dangling` lists them."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.nodes: dict[str, Node] = {node.id: node for node in scope.nodes}
        known = [flow for flow in scope.flows if self._leads_somewhere(flow)]
        self.dangling = [flow for flow in scope.flows if not self._leads_somewhere(flow)]
        self.incoming: dict[str, list[Flow]] = {name: [] for name in self.nodes}
        self.outgoing: dict[str, list[Flow]] = {name: [] for name in self.nodes}
        for flow in known:
            self.outgoing[flow.source].append(flow)
            self.incoming[flow.target].append(flow)
        self.attached: dict[str, list[Node]] = {name: [] for name in self.nodes}
        for node in scope.nodes:
            if node.attached_to in self.nodes:
                self.attached[node.attached_to].append(node)
        self.edges = {name: self._next(name) for name in self.nodes}

    def reached_from(self, names: Iterable[str], without: Collection[str] = ()) -> set[str]:
        """Return what can be reached, the names themselves included unless left out."""
        reached: set[str] = set()
        open_ends = [name for name in names if name not in without]
        while open_ends:
            name = open_ends.pop()
            if name not in reached:
                reached.add(name)
                open_ends += [item for item in self.edges[name] if item not in without]
        return reached

    def after(self, name: str) -> set[str]:
        """Return what can be reached from an element; itself only if it stands on a cycle."""
        return self.reached_from(self.edges[name])

    def cycle_without(self, names: Collection[str]) -> list[str]:
        """Return the elements of cycles that remain when the given ones are taken out."""
        left = {
            name: set(self.edges[name]) - set(names) for name in self.nodes if name not in names
        }
        return _on_cycles(left)

    def _leads_somewhere(self, flow: Flow) -> bool:
        return flow.source in self.nodes and flow.target in self.nodes

    def _next(self, name: str) -> list[str]:
        targets = [flow.target for flow in self.outgoing[name]]
        return targets + [event.id for event in self.attached[name]]


def _on_cycles(edges: Mapping[str, Collection[str]]) -> list[str]:
    """Peel off what has no way on or no way in, then keep what comes back to itself."""
    left = {name: set(targets) & set(edges) for name, targets in edges.items()}
    while True:
        targeted = {target for targets in left.values() for target in targets}
        gone = {name for name, targets in left.items() if not targets or name not in targeted}
        if not gone:
            return sorted(name for name in left if _comes_back(left, name))
        left = {name: targets - gone for name, targets in left.items() if name not in gone}


def _comes_back(edges: Mapping[str, Collection[str]], name: str) -> bool:
    seen: set[str] = set()
    open_ends = list(edges[name])
    while open_ends:
        found = open_ends.pop()
        if found == name:
            return True
        if found not in seen:
            seen.add(found)
            open_ends += edges[found]
    return False
