"""Ten thousand cases that wait for a time: what the worker spends on them until it has come."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import process_time
from uuid import uuid4

from bench import models
from bench.report import Line
from bench.world import World, opened
from engine.cases import FIRE_TIMERS
from engine.jobs import Handler, Worker

SUBJECT = "Idle cases"
AT_ONCE, THREADS = 500, 2
MOST = 1.0
"""Of one core, in hundredths, more than a worker takes without a single case."""


def measure(cases: int = 10_000, seconds: float = 15) -> Iterator[Line]:
    """Yield the lines of this subject."""
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as name:
        folder = Path(name)
        with opened(f"sqlite:///{folder / 'idle.db'}", folder, models.idle()) as world:
            empty = _spent(world, seconds)
            for begun in range(0, cases, AT_ONCE):
                _begin(world, min(AT_ONCE, cases - begun))
            full = _spent(world, seconds)
    yield Line(SUBJECT, "processor of a worker without cases", empty, "%")
    yield Line(SUBJECT, f"processor of a worker with {cases:,} idle cases", full, "%")
    yield Line(SUBJECT, f"more for {cases:,} idle cases", max(0.0, full - empty), "%", most=MOST)


def _begin(world: World, count: int) -> None:
    with world.database.write() as session:
        for _case in range(count):
            world.cases.start(
                session,
                workflow="idle",
                owner_id=world.person.account_id,
                actor_id=world.person.account_id,
                scope=uuid4().hex,
            )


def _spent(world: World, seconds: float) -> float:
    """Return the share of one core that a running worker takes, in hundredths."""
    handler = Handler(run=lambda job: None)
    worker = Worker(world.database, {FIRE_TIMERS: handler}, world.clock)
    worker.start(THREADS)
    before = process_time()
    Event().wait(seconds)
    spent = process_time() - before
    worker.stop()
    return spent / seconds * 100
