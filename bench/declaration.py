"""A whole declaration: how large its stored state becomes on the way to the submission."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.report import Line
from bench.site import settings_for
from bench.world import Counted, counting
from engine.bootstrap import build
from engine.cases.models import CaseState, Event
from engine.clock import MovableClock
from engine.db import migrate
from engine.db.tables import import_tables
from engine.declaration import demo
from tests.declaration.flow.walk import Walk
from tests.journeys import pictures

SUBJECT = "A whole declaration"
MOST = 6 * 1024
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Inside the season of the demonstration."""


def measure() -> Iterator[Line]:
    """Yield the lines of this subject; S1 walks from the first code to the submission."""
    import_tables()
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as home:
        engine = build(settings_for(Path(home)), clock=MovableClock(BEGIN))
        migrate.upgrade(engine.database)
        engine.publish()
        with engine.database.write() as session:
            demo.load(session, BEGIN)
            demo.open_accounts(session, BEGIN)
        walk = Watched.begin(engine, "S1")
        with counting() as counted:
            _submit(walk)
        yield from _lines(walk, counted)
        engine.close()


@dataclass
class Watched(Walk):
    """A walk that looks at the stored state after every post."""

    sizes: list[int] = field(default_factory=list)

    def post(self, *posted: Any, **more: Any) -> Any:
        reply = super().post(*posted, **more)
        with self.engine.database.read() as session:
            state = select(func.length(CaseState.content)).where(CaseState.case_id == self.case_id)
            self.sizes.append(session.scalars(state).one())
        return reply


def _submit(walk: Watched) -> None:
    walk.to_apply().apply("shinan", 1)
    walk.to_delivery(pictures.portrait())
    walk.post("choose_delivery", "next", {"method": "pick_up"})


def _lines(walk: Watched, counted: Counted) -> Iterator[Line]:
    posts = len(walk.sizes)
    with walk.engine.database.read() as session:
        lines = select(func.count(Event.id)).where(Event.case_id == walk.case_id)
        yield Line(SUBJECT, "stored state at its largest", max(walk.sizes), "B", most=MOST)
        yield Line(SUBJECT, "posts to the submission", posts, "")
        yield Line(SUBJECT, "lines of audit", session.scalars(lines).one(), "")
        # Looking at the size is a statement of the bench's own.
        statements = (counted.statements - posts) / posts
        yield Line(SUBJECT, "statements a post, the walk's own looks included", statements, "")
        yield Line(SUBJECT, "commits a post", counted.commits / posts, "")
