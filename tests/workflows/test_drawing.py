"""How the shipped diagrams look in an editor: everything drawn, nothing on top of anything else."""

from dataclasses import dataclass
from itertools import combinations, pairwise

import pytest
from lxml import etree

from tests.workflows.walking import definition, shipped

DIAGRAMS = sorted(path for path in shipped().models if path.endswith(".bpmn"))
HOLDERS = {"participant", "lane", "subProcess"}
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def touches(self, x: float, y: float) -> bool:
        """Say whether a point lies on the edge, give or take two points of rounding."""
        inside = self.left - 2 <= x <= self.right + 2 and self.top - 2 <= y <= self.bottom + 2
        deep = self.left + 2 < x < self.right - 2 and self.top + 2 < y < self.bottom - 2
        return inside and not deep


class Drawing:
    def __init__(self, path: str) -> None:
        self.root = etree.fromstring(shipped().models[path])
        self.boxes = {
            shape.get("bpmnElement"): _box(shape.find("dc:Bounds", NS))
            for shape in self.root.iterfind(".//bpmndi:BPMNShape", NS)
        }
        self.labels = {
            label.getparent().get("bpmnElement"): _box(label.find("dc:Bounds", NS))
            for label in self.root.iterfind(".//bpmndi:BPMNLabel", NS)
        }
        self.lines = {
            edge.get("bpmnElement"): [
                (float(p.get("x")), float(p.get("y"))) for p in edge.iterfind("di:waypoint", NS)
            ]
            for edge in self.root.iterfind(".//bpmndi:BPMNEdge", NS)
        }

        self.kinds = {
            node.get("id"): etree.QName(node).localname
            for node in self.root.iterfind(".//*[@id]")
            if node.get("id") in self.boxes
        }
        self.solid = {name for name in self.boxes if self.kinds[name] not in HOLDERS}
        self.own = {flow.get("id"): self._ends(flow) for flow in self.flows()}

    def flows(self):
        return self.root.iterfind(".//bpmn:sequenceFlow", NS)

    def events(self):
        return self.root.iterfind(".//bpmn:boundaryEvent", NS)

    def _ends(self, flow) -> set[str]:
        """The elements that a flow may touch: its ends, and what sits on their edges."""
        ends = {flow.get("sourceRef"), flow.get("targetRef")}
        pairs = [(event.get("id"), event.get("attachedToRef")) for event in self.events()]
        return ends | {name for pair in pairs if ends & set(pair) for name in pair}


def _box(bounds) -> Box:
    x, y, w, h = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + w, y + h)


@pytest.fixture(params=DIAGRAMS)
def drawing(request) -> Drawing:
    return Drawing(request.param)


def test_every_element_and_flow_is_drawn(drawing):
    process = drawing.root.find("bpmn:process", NS).get("id")
    nodes = {node.id for node in definition().elements(process)}
    flows = {flow.get("id") for flow in drawing.flows()}
    assert nodes <= drawing.boxes.keys()
    assert flows == drawing.lines.keys()


def test_nothing_lies_on_top_of_anything_else(drawing):
    apart = [name for name in drawing.solid if drawing.kinds[name] != "boundaryEvent"]
    assert [pair for pair in combinations(apart, 2) if _overlap(drawing.boxes, pair)] == []


def test_no_label_covers_another_element_or_label(drawing):
    others = {name: drawing.boxes[name] for name in drawing.solid}
    covered = [
        (label, name)
        for label, box in drawing.labels.items()
        for name, other in others.items()
        if label != name and box.overlaps(other)
    ]
    twice = [p for p in combinations(drawing.labels, 2) if _overlap(drawing.labels, p)]
    assert covered + twice == []


def test_lines_begin_and_end_at_their_elements(drawing):
    for flow in drawing.flows():
        line = drawing.lines[flow.get("id")]
        assert drawing.boxes[flow.get("sourceRef")].touches(*line[0]), flow.get("id")
        assert drawing.boxes[flow.get("targetRef")].touches(*line[-1]), flow.get("id")


def test_no_line_runs_through_an_element(drawing):
    through = [
        (flow, name)
        for flow, line in drawing.lines.items()
        for stretch in _stretches(line)
        for name in drawing.solid - drawing.own[flow]
        if drawing.boxes[name].overlaps(stretch)
    ]
    assert through == []


def test_lines_cross_only_where_they_have_to(drawing):
    """`enter_code` leads back to three places, two of them through loops around it."""
    known = {
        frozenset({"code_expired_to_merge_request_code", "what_was_entered_to_merge_send_code"})
    }
    crossings = {
        frozenset(pair)
        for pair in combinations(drawing.lines, 2)
        for one in _stretches(drawing.lines[pair[0]])
        for other in _stretches(drawing.lines[pair[1]])
        if _cross(one, other)
    }
    assert crossings <= known


def test_lines_run_straight(drawing):
    for line in drawing.lines.values():
        for (x1, y1), (x2, y2) in pairwise(line):
            assert x1 == x2 or y1 == y2


def test_boundary_events_sit_on_the_edge_of_what_they_watch(drawing):
    for event in drawing.events():
        box = drawing.boxes[event.get("id")]
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        assert drawing.boxes[event.get("attachedToRef")].touches(*middle), event.get("id")


def test_subprocesses_and_lanes_hold_what_belongs_to_them(drawing):
    for scope in drawing.root.iterfind(".//bpmn:subProcess", NS):
        for inner in scope:
            if inner.get("id") in drawing.boxes and etree.QName(inner).localname != "boundaryEvent":
                assert drawing.boxes[scope.get("id")].holds(drawing.boxes[inner.get("id")])
    for lane in drawing.root.iterfind(".//bpmn:lane", NS):
        for reference in lane.iterfind("bpmn:flowNodeRef", NS):
            assert drawing.boxes[lane.get("id")].holds(drawing.boxes[reference.text]), (
                reference.text
            )


def _overlap(boxes, pair) -> bool:
    return boxes[pair[0]].overlaps(boxes[pair[1]])


def _stretches(line) -> list[Box]:
    """The straight pieces of a line, a hair's breadth wide."""
    return [
        Box(min(x1, x2), min(y1, y2), max(x1, x2) + 0.1, max(y1, y2) + 0.1)
        for (x1, y1), (x2, y2) in pairwise(line)
    ]


def _cross(one: Box, other: Box) -> bool:
    """Say whether one lies across the other; lines that join or part only touch."""
    return (
        one.left < other.left < other.right < one.right
        and other.top < one.top < one.bottom < other.bottom
    ) or (
        other.left < one.left < one.right < other.right
        and one.top < other.top < other.bottom < one.bottom
    )
