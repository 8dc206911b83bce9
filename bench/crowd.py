"""Five thousand people after the seats of twenty batches, through the façade, eight at a time."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import func, select

from bench import models
from bench.postgres import server
from bench.report import Line
from bench.world import World, opened
from engine.cases.models import WorkItem
from engine.declaration.demo.plans import load_plans
from engine.declaration.models import (
    Batch,
    Declaration,
    HalfDay,
    RegistryEntry,
    ReviewSite,
    Season,
    Seat,
    SeatState,
)
from engine.declaration.services.seats import SERVICES

SUBJECT = "A crowd after seats"
SEATS, HANDS, PLAN = 60, 8, "JS2024-120402"


def measure(people: int = 5_000, batches: int = 20, *, postgresql: bool = True) -> Iterator[Line]:
    """Yield the lines of this subject."""
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as name:
        yield from _on("SQLite", f"sqlite:///{name}/crowd.db", Path(name), people, batches)
    if postgresql:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = stack.enter_context(server())
            yield from _on("PostgreSQL", address, folder, people, batches)


def _on(database: str, url: str, folder: Path, people: int, count: int) -> Iterator[Line]:
    with opened(url, folder, models.seat(), SERVICES) as world:
        batches = _batches(world, count)
        waiting = [_contender(world, number) for number in range(people)]
        chances = Random(1)  # noqa: S311 -- who wants which batch
        wishes = [(item, str(chances.choice(batches))) for item in waiting]
        began = perf_counter()
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(lambda wish: world.post(wish[0], "next", batch=wish[1]), wishes))
        took = perf_counter() - began
        most, sold = _sold(world)
        oversold = max(0, most - SEATS)
        yield Line(SUBJECT, f"seats sold twice, {database}", oversold, "seats", most=0)
        yield Line(SUBJECT, f"seats sold, {database}", sold, "seats")
        yield Line(SUBJECT, f"posts carried out, {database}", people / took, "a second")


def _batches(world: World, count: int) -> list[UUID]:
    now, day = world.clock.now(), timedelta(days=1)
    with world.database.write() as session:
        load_plans(session)
        season = Season(
            code="s", name="季", name_en="s", opens_at=now - day, closes_at=now + 45 * day
        )
        site = ReviewSite(
            id="shinan", name="市南", name_en="Shinan", address="路", address_en="Road"
        )
        session.add_all([season, site])
        session.flush()
        batches = [
            Batch(
                season_id=season.id,
                site_id=site.id,
                number=number,
                day=(now + (10 + number) * day).date(),
                half_day=HalfDay.MORNING,
                taken=0,
                opens_at=now - day,
                closes_at=now + 9 * day,
            )
            for number in range(count)
        ]
        session.add_all(batches)
        return [batch.id for batch in batches]


def _contender(world: World, number: int) -> UUID:
    """A case of the candidate's that is about to choose, with its declaration."""
    item_id = world.start("seat")
    with world.database.write() as session:
        item = session.get_one(WorkItem, item_id)
        season = session.scalars(select(Season)).one()
        entry = RegistryEntry(
            admission_number=f"{number:012}",
            id_number_index=str(number),
            name_index="n",
            plan_id=PLAN,
        )
        session.add(entry)
        session.flush()
        session.add(
            Declaration(
                case_id=item.case_id,
                owner_id=uuid4(),
                season_id=season.id,
                entry_id=entry.id,
                plan_id=PLAN,
                opened_at=world.clock.now(),
            )
        )
    return item_id


def _sold(world: World) -> tuple[int, int]:
    """Return how many seats the fullest batch has sold, and all of them together."""
    with world.database.read() as session:
        counts = session.scalars(
            select(func.count(Seat.id))
            .where(Seat.state != SeatState.RELEASED)
            .group_by(Seat.batch_id)
            .order_by(Seat.batch_id)
        ).all()
    return max(counts, default=0), sum(counts)
