"""A diagram ready to be drawn as SVG on the server: shapes with their place, words and state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from engine.bpmn import Picture
from engine.bpmn.pictures import Box, Line, Shape
from engine.i18n import chosen
from webapp.operations.lettering import LEADING, lines_of

MARGIN = 12.0
LABEL = 110.0
"""How wide the words below an event or a gateway may get."""
STRIP = 30.0
"""The width of the strip of a pool or lane in which its name stands."""

FORMS = {
    "participant": "pool",
    "lane": "pool",
    "startEvent": "event",
    "endEvent": "event",
    "intermediateCatchEvent": "event",
    "intermediateThrowEvent": "event",
    "boundaryEvent": "event",
    "exclusiveGateway": "gateway",
    "parallelGateway": "gateway",
    "eventBasedGateway": "gateway",
    "inclusiveGateway": "gateway",
}
"""How kinds are drawn; everything else is a box with rounded corners."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text around one middle, each at its own height."""

    x: float
    lines: tuple[tuple[float, str], ...]
    is_turned: bool = False
    y: float = 0.0
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One shape; `state` is "", "open", "waiting", "failed" or "finished"."""

    element: str
    form: str
    kind: str
    event: str | None
    box: Box
    state: str
    words: Words | None
    calls: str | None
    is_interrupting: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole diagram; `view_box` is the place that it takes."""

    view_box: str
    width: int
    height: int
    title: str
    shapes: list[Drawn]
    lines: list[str]
    """The points of every line."""
    labels: list[Words]


@dataclass(frozen=True, slots=True)
class Marks:
    """Which elements of a case are in which state."""

    open: Collection[str] = ()
    waiting: Collection[str] = ()
    failed: Collection[str] = ()
    finished: Collection[str] = field(default_factory=frozenset)

    def state_of(self, element: str) -> str:
        """What wants attention first; an element may have been through before."""
        for state in ("failed", "open", "waiting", "finished"):
            if element in getattr(self, state):
                return state
        return ""


def drawing_of(picture: Picture, marks: Marks) -> Drawing:
    """Lay out one process; areas come first, so that nothing is hidden below them."""
    frame = picture.frame
    x, y = frame.x - MARGIN, frame.y - MARGIN
    width, height = frame.width + 2 * MARGIN, frame.height + 2 * MARGIN
    shapes = sorted(picture.shapes, key=_depth)
    return Drawing(
        view_box=f"{x:g} {y:g} {width:g} {height:g}",
        width=round(width),
        height=round(height),
        title=chosen(picture.name, picture.name_en) or picture.process,
        shapes=[_drawn(shape, marks) for shape in shapes],
        lines=[" ".join(f"{a:g},{b:g}" for a, b in line.points) for line in picture.lines],
        labels=[words for line in picture.lines if (words := _line_words(line))],
    )


def called_from(pictures: Mapping[str, Picture], root: str) -> list[str]:
    """Return a process and every process it reaches by calls, outer ones first."""
    found: list[str] = []
    queue = [root]
    while queue:
        process = queue.pop(0)
        if process in pictures and process not in found:
            found.append(process)
            queue += pictures[process].calls
    return found


def with_calls(marks: Marks, pictures: Mapping[str, Picture]) -> Marks:
    """Mark the calls in which something is open, too, however deep it lies."""
    opened: set[str] = {*marks.open, *marks.waiting}
    calls = [s for p in pictures.values() for s in p.shapes if s.calls in pictures]
    grows = True
    while grows:
        inside = {s.element for s in calls if _holds(pictures[s.calls or ""], opened)}
        grows = not inside <= opened
        opened |= inside
    reached = {shape.element for shape in calls if shape.element in opened}
    return Marks({*marks.open, *reached}, marks.waiting, marks.failed, marks.finished)


def _holds(picture: Picture, elements: Collection[str]) -> bool:
    return any(shape.element in elements for shape in picture.shapes)


def _depth(shape: Shape) -> tuple[int, float]:
    """Pools below lanes below open subprocesses below all else; large areas below small ones."""
    order = {"participant": 0, "lane": 1}.get(shape.kind, 2 if shape.is_area else 3)
    is_on_edge = shape.kind == "boundaryEvent"
    return order + is_on_edge, -shape.box.width * shape.box.height if shape.is_area else 0.0


def _drawn(shape: Shape, marks: Marks) -> Drawn:
    form = FORMS.get(shape.kind, "area" if shape.is_area else "task")
    return Drawn(
        element=shape.element,
        form=form,
        kind=shape.kind,
        event=shape.event,
        box=shape.box,
        state=marks.state_of(shape.element),
        words=_words(shape, form),
        calls=shape.calls,
        is_interrupting=shape.is_interrupting,
    )


def _words(shape: Shape, form: str) -> Words | None:
    text, box = chosen(shape.name, shape.name_en), shape.box
    if not text:
        return None
    if form == "pool":
        middle = box.y + box.height / 2
        lines = lines_of(text, box.height - 10, most=1)
        return Words(box.x + STRIP / 2, ((middle + 4, lines[0]),), is_turned=True, y=middle)
    if form == "area":
        lines = lines_of(text, box.width - 24, most=1)
        return Words(box.x + 12, ((box.y + 20, lines[0]),), anchor="start")
    if form == "task":
        return _around(box.middle, lines_of(text, box.width - 10))
    if shape.label is None:
        return _label(text, Box(box.x, box.y + box.height + 4, box.width, 14))
    return _beside(text, shape.label, box)


def _line_words(line: Line) -> Words | None:
    text = chosen(line.name, line.name_en)
    if not text:
        return None
    (ax, ay), (bx, by) = line.points[0], line.points[1]
    place = line.label or Box((ax + bx) / 2 - 20, (ay + by) / 2 - 16, 40, 14)
    return _label(text, place)


def _label(text: str, box: Box) -> Words:
    """Words that begin at the top of their box and are centred in it, wider if need be."""
    lines = lines_of(text, max(box.width + 6, LABEL if len(text) > 12 else 60))
    top = box.y + 11
    return Words(
        box.x + box.width / 2, tuple((top + n * LEADING, line) for n, line in enumerate(lines))
    )


def _beside(text: str, place: Box, box: Box) -> Words:
    """Words that keep off their shape: one language takes more room than the other."""
    below = _label(text, place)
    anchor, x = "middle", below.x
    if place.x >= box.x + box.width:
        anchor, x = "start", place.x
    elif place.x + place.width <= box.x:
        anchor, x = "end", place.x + place.width
    is_above = place.y + place.height <= box.y + LEADING / 2
    up = (len(below.lines) - 1) * LEADING if is_above else 0.0
    return Words(x, tuple((y - up, line) for y, line in below.lines), anchor=anchor)


def _around(middle: tuple[float, float], lines: list[str]) -> Words:
    top = middle[1] - (len(lines) - 1) * LEADING / 2 + 4
    return Words(middle[0], tuple((top + n * LEADING, line) for n, line in enumerate(lines)))
