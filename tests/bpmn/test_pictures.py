"""The drawing of a model is read beside it; one that is damaged costs nothing but itself."""

import pytest

from engine.bpmn import pictures_of
from engine.bpmn.pictures import Box
from engine.releases import Bundle
from tests.bpmn import drawing as draw

MODEL = draw.model(
    "request", draw.start(), draw.user("ask"), draw.end(), flows="begin > ask\nask > done"
)
NAMESPACES = (
    b'<bpmn:definitions xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    b'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    b'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
)


def drawn(*parts: str) -> bytes:
    plane = (
        '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="request">'
        f"{''.join(parts)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    return MODEL.replace(b"<bpmn:definitions ", NAMESPACES, 1).replace(
        b"</bpmn:definitions>", plane.encode() + b"</bpmn:definitions>"
    )


def shape(element: str, x="10", y="20", width="100", height="80") -> str:
    return (
        f'<bpmndi:BPMNShape bpmnElement="{element}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
    )


def edge(element: str, *points: tuple[str, str]) -> str:
    ways = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in points)
    return f'<bpmndi:BPMNEdge bpmnElement="{element}">{ways}</bpmndi:BPMNEdge>'


def test_every_process_of_the_product_is_drawn_whole():
    models = Bundle.shipped().models
    found = pictures_of(models)
    assert set(found) == {name[10:-5] for name in models if name.endswith(".bpmn")}
    for picture in found.values():
        assert picture.name
        assert picture.name_en
        assert picture.lines
        assert set(picture.calls) <= set(found)


def test_a_model_without_a_drawing_has_no_picture():
    assert pictures_of({"a.bpmn": MODEL}) == {}


def test_shapes_and_lines_have_their_places():
    way = edge("flow_request_0", ("46", "38"), ("100", "38"))
    picture = pictures_of({"a.bpmn": drawn(shape("ask"), way)})["request"]
    assert picture.shapes[0].box == Box(10, 20, 100, 80)
    assert picture.lines[0].points == ((46, 38), (100, 38))
    assert picture.frame == Box(10, 20, 100, 80)


@pytest.mark.parametrize(
    "part",
    [
        shape("nobody"),
        shape("ask", x="NaN"),
        shape("ask", x="1e400"),
        shape("ask", x="9e9"),
        shape("ask", width="0"),
        shape("ask", width="-5"),
        shape("ask", height="many"),
        '<bpmndi:BPMNShape bpmnElement="ask"/>',
        edge("flow_request_0", ("1", "2")),
        edge("nothing", ("1", "2"), ("3", "4")),
    ],
)
def test_a_damaged_part_of_a_drawing_is_left_out(part):
    picture = pictures_of({"a.bpmn": drawn(shape("done"), part)})["request"]
    assert [s.element for s in picture.shapes] == ["done"]
    assert picture.lines == ()
    assert picture.frame == Box(10, 20, 100, 80)


def test_what_is_no_model_has_no_picture():
    assert pictures_of({"a.bpmn": b"<x/>", "b.dmn": MODEL, "c.bpmn": b"<!DOCTYPE x><x/>"}) == {}
