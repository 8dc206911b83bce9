"""The drawing in a model beside what runs: where each element stands, and what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.documents import NotAModel, bpmn, parsed, spiff, tag_of

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"
LARGEST = 100_000.0
"""A place further out than this is no place on a drawing."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """An element with a place of its own. `event` is the kind of its event definition, `calls` the
    process that a call activity runs; `is_area` says that others are drawn inside it."""

    element: str
    kind: str
    name: str
    name_en: str | None
    box: Box
    label: Box | None
    event: str | None
    calls: str | None
    is_area: bool
    is_interrupting: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sequence flow as it is drawn."""

    element: str
    name: str
    name_en: str | None
    points: tuple[Point, ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing of one process."""

    process: str
    name: str
    name_en: str | None
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]

    @property
    def frame(self) -> Box:
        """The smallest box round everything that is drawn."""
        corners = [
            *((s.box.x, s.box.y) for s in self.shapes),
            *((s.box.x + s.box.width, s.box.y + s.box.height) for s in self.shapes),
            *(point for line in self.lines for point in line.points),
        ]
        left, top = min(x for x, _y in corners), min(y for _x, y in corners)
        right, bottom = max(x for x, _y in corners), max(y for _x, y in corners)
        return Box(left, top, right - left, bottom - top)

    @property
    def calls(self) -> list[str]:
        """The processes that this one calls, in the order of the drawing."""
        return list(dict.fromkeys(shape.calls for shape in self.shapes if shape.calls))


def pictures_of(models: Mapping[str, bytes]) -> dict[str, Picture]:
    """Return the drawing of every process by its id; what is not drawn has none."""
    found: dict[str, Picture] = {}
    for file, content in models.items():
        if not file.endswith(".bpmn"):
            continue
        try:
            root = parsed(content)
        except NotAModel:
            continue
        found |= {picture.process: picture for picture in _of_file(root)}
    return found


def _of_file(root: Any) -> Iterator[Picture]:
    elements = {item.get("id"): item for item in root.iter() if tag_of(item) and item.get("id")}
    shapes = tuple(_shapes(root, elements))
    lines = tuple(_lines(root, elements))
    if not shapes:
        return
    for process in root.findall(bpmn("process")):
        name, name_en = _names(process)
        yield Picture(process.get("id", ""), name, name_en, shapes, lines)


def _shapes(root: Any, elements: Mapping[str, Any]) -> Iterator[Shape]:
    for drawn in root.iter(f"{DI}BPMNShape"):
        element, box = elements.get(drawn.get("bpmnElement", "")), _box(drawn)
        if element is None or box is None:
            continue
        # A pool is called what its process is called.
        name, name_en = _names(elements.get(element.get("processRef", ""), element))
        kind = tag_of(element)
        yield Shape(
            element=element.get("id", ""),
            kind=kind,
            name=name,
            name_en=name_en,
            box=box,
            label=_box(drawn.find(f"{DI}BPMNLabel")),
            event=_event(element),
            calls=element.get("calledElement"),
            is_area=kind in {"participant", "lane"} or drawn.get("isExpanded") == "true",
            is_interrupting=element.get("cancelActivity", "true") == "true",
        )


def _lines(root: Any, elements: Mapping[str, Any]) -> Iterator[Line]:
    for drawn in root.iter(f"{DI}BPMNEdge"):
        element = elements.get(drawn.get("bpmnElement", ""))
        points = tuple(p for p in map(_point, drawn.findall(f"{DD}waypoint")) if p is not None)
        if element is None or len(points) < 2:
            continue
        name, name_en = _names(element)
        label = _box(drawn.find(f"{DI}BPMNLabel"))
        yield Line(element.get("id", ""), name, name_en, points, label)


def _names(element: Any) -> tuple[str, str | None]:
    """Return what an element is called, in Chinese and, where the analyst wrote it, in English."""
    place = f"./{bpmn('extensionElements')}/{spiff('properties')}/{spiff('property')}"
    english = (p.get("value") for p in element.findall(place) if p.get("name") == "name.en")
    return element.get("name", ""), next(english, None)


def _event(element: Any) -> str | None:
    suffix = "EventDefinition"
    kinds = (tag_of(child) for child in element)
    return next((kind.removesuffix(suffix) for kind in kinds if kind.endswith(suffix)), None)


def _box(holder: Any) -> Box | None:
    bounds = None if holder is None else holder.find(f"{DC}Bounds")
    if bounds is None:
        return None
    x, y, width, height = (_number(bounds.get(name)) for name in ("x", "y", "width", "height"))
    if x is None or y is None or width is None or height is None or min(width, height) <= 0:
        return None
    return Box(x, y, width, height)


def _point(waypoint: Any) -> Point | None:
    x, y = _number(waypoint.get("x")), _number(waypoint.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None
