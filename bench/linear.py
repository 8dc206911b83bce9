"""Eight tasks and a gateway: through the façade, engine alone, and beside a bare transaction."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path

from sqlalchemy import func, select

from bench.models import STEPS, files
from bench.plain import Plain
from bench.postgres import server
from bench.report import Line
from bench.timing import Stopwatch, ratio, taking_turns
from bench.world import World, counting, on_sqlite, opened
from engine.bpmn import Definition
from engine.cases.models import Case, Event
from engine.clock import SystemClock
from engine.releases import Bundle

SUBJECT = "Eight tasks and a gateway"
MOST_OVER_PLAIN = 1.6


def measure(rounds: int = 40, *, postgresql: bool = True) -> Iterator[Line]:
    """Yield the lines of this subject."""
    alone = EngineAlone()
    with on_sqlite() as world:
        yield from _on(world, "SQLite", rounds, alone)
    if postgresql:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            world = stack.enter_context(opened(stack.enter_context(server()), folder))
            yield from _on(world, "PostgreSQL", rounds, alone)


class EngineAlone:
    """The process without forms, tables or a person: state read and written at every step."""

    def __init__(self) -> None:
        self._definition = Definition.parse(Bundle(files()).models)
        self._surroundings = {"services": _no_service, "clock": SystemClock().now}

    def run(self) -> None:
        state = self._definition.start("linear", **self._surroundings).state()
        for _step in STEPS:
            process = self._definition.resume(state, **self._surroundings)
            process.complete(process.open_tasks()[0].id, {"outcome": "next"})
            state = process.state()


def through_the_facade(world: World) -> None:
    world.walk(repeat("next", len(STEPS)), world.start("linear"))


def _on(world: World, database: str, rounds: int, alone: EngineAlone) -> Iterator[Line]:
    plain = Plain(world, world.state_of(world.start("linear")))
    watches = taking_turns(
        {
            "facade": lambda: through_the_facade(world),
            "plain": plain.run,
            "engine": alone.run,
        },
        rounds,
        warm=3,
    )
    yield from _lines(watches, database)
    yield from _weight(world, database, plain)


def _lines(watches: dict[str, Stopwatch], database: str) -> Iterator[Line]:
    facade, plain, engine = (watches[name] for name in ("facade", "plain", "engine"))
    over = f"façade ÷ plain ORM transactions of the same rows, {database}"
    yield Line(SUBJECT, over, ratio(facade, plain), most=MOST_OVER_PLAIN)
    for name, watch in (("façade", facade), ("plain ORM", plain), ("engine alone", engine)):
        each = watch.median / len(STEPS) * 1000
        yield Line(SUBJECT, f"{name}, a task, {database}", each, "ms")


def _weight(world: World, database: str, plain: Plain) -> Iterator[Line]:
    with counting() as with_engine:
        through_the_facade(world)
    with counting() as without:
        plain.run()
    for name, counted in (("façade", with_engine), ("plain ORM", without)):
        yield Line(SUBJECT, f"{name}, statements a case, {database}", counted.statements, "")
        yield Line(SUBJECT, f"{name}, commits a case, {database}", counted.commits, "")
    with world.database.read() as session:
        newest = select(Case.id).order_by(Case.opened_at.desc()).limit(1).scalar_subquery()
        events = session.scalar(select(func.count(Event.id)).where(Event.case_id == newest))
    open_case = world.state_of(world.start("linear"))
    yield Line(SUBJECT, f"lines of audit a case, {database}", events or 0, "")
    yield Line(SUBJECT, f"bytes of stored state of an open case, {database}", len(open_case), "B")


def _no_service(name: str, parameters: object, element: str) -> dict[str, object]:
    return {}
