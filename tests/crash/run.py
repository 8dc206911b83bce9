"""One run on one database: load, kills, a quiet end, and the verdict."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from engine.bootstrap import Engine, build
from engine.declaration import demo
from engine.jobs import Job, JobState
from tests.crash import load, verdict
from tests.crash.browsing import Browser, Ledger, Unreachable
from tests.crash.killing import ALL, Killer
from tests.crash.people import Guest, invite
from tests.crash.points import ARMED, MIGRATION
from tests.crash.premises import Premises, premises
from tests.crash.seeded import SEEDED
from webapp.app import create_app

TO_SETTLE = 150.0


@dataclass
class Report:
    """What a run on one database came to."""

    database: str
    points: tuple[str, ...]
    kills: list[verdict.Kill] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    acknowledged: int = 0
    asked_again: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    """The titles of the pages where people ended."""
    seconds: float = 0.0

    missed: list[str] = field(default_factory=list)
    """The points at which nobody died."""


@dataclass
class Run:
    """`rounds` times every point, but no longer than `seconds` of load."""

    home: Path
    database_url: str
    seconds: float
    rounds: int
    people: int
    clients: int
    chance: random.Random
    points: tuple[str, ...] = ALL
    fault: str | None = None
    patience: float = 240.0
    ledger: Ledger = field(default_factory=Ledger)
    ends: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> Report:
        begun = time.monotonic()
        with premises(self.home, self.database_url) as house:
            if self.fault:
                (self.home / SEEDED).write_text(self.fault)
            self._migrate(house)
            engine = build(house.settings)
            guests = self._invite(engine)
            house.open()
            killer = self._under_load(house, guests)
            now = self._settle(house, engine)
            house.close()
            report = self._report(engine, killer, house.fsck(), now)
            engine.close()
        report.seconds = time.monotonic() - begun
        return report

    def _migrate(self, house: Premises) -> None:
        """Kill the migration before a statement early, in the middle and late; then let it be."""
        armed = self.home / ARMED / MIGRATION
        for statement in (2, 40, self.chance.randint(60, 120)) if MIGRATION in self.points else ():
            armed.write_text(str(statement))
            house.migrate()
        armed.unlink(missing_ok=True)
        if house.migrate():
            raise RuntimeError(f"the migration does not end; see {self.home}/migration.log")

    def _invite(self, engine: Engine) -> list[Guest]:
        engine.publish()
        with engine.database.write() as session:
            demo.load(session, engine.clock.now())
            demo.open_accounts(session, engine.clock.now())
        return invite(engine, create_app(engine), self.people)

    def _under_load(self, house: Premises, guests: list[Guest]) -> Killer:
        """Kill while people declare; then let everybody who has begun come to the end."""
        killer = Killer(house, self.points, self.rounds, self.chance)
        waiting = list(reversed(guests))
        threads = [
            threading.Thread(target=self._serve, args=(house, waiting)) for _ in range(self.clients)
        ]
        for thread in threads:
            thread.start()
        try:
            killer.kill_until(time.monotonic() + self.seconds)
        finally:
            self.over.set()
            killer.disarm()
            while any(thread.is_alive() for thread in threads):
                house.look_after()
                time.sleep(0.2)
        return killer

    def _serve(self, house: Premises, waiting: list[Guest]) -> None:
        """One client after the other, each with a browser of their own."""
        while not self.over.is_set():
            try:
                guest = waiting.pop()
            except IndexError:
                return
            browser = Browser(house.address, guest.cookie, guest.address, self.ledger)
            own = random.Random(guest.who.key)  # noqa: S311 -- a load, not a secret
            try:
                end = load.declare(
                    browser, guest, house.settings.sms_viewer_url, own, self.patience
                )
            except (Unreachable, AssertionError, LookupError) as fault:
                end = f"{type(fault).__name__}: {fault}"
            self.ends.append(end)

    def _settle(self, house: Premises, engine: Engine) -> datetime:
        """Let the product do what is due, undisturbed; return by when all of it was done."""
        until = time.monotonic() + TO_SETTLE
        while True:
            now = engine.clock.now()
            if not _due(engine, now) or time.monotonic() > until:
                return now
            house.look_after()
            time.sleep(0.5)

    def _stuck(self) -> Iterator[str]:
        for end in self.ends:
            if end not in (load.DONE, load.WITHDRAWN):
                yield f"somebody came no further than {end}"

    def _report(
        self, engine: Engine, killer: Killer, broken: Sequence[Mapping[str, str]], now: datetime
    ) -> Report:
        found = verdict.kills(engine, self.home)
        found += [verdict.Kill(point, "") for point in killer.at_random.elements()]
        return Report(
            "PostgreSQL" if self.database_url else "SQLite",
            self.points,
            found,
            [
                *("fsck: {invariant}: {where}: {text}".format(**each) for each in broken),
                *verdict.faults(engine, self.home, self.ledger, now),
                *verdict.not_once(found),
                *self._stuck(),
            ],
            acknowledged=len(self.ledger.steps),
            asked_again=sum(step.asked > 1 for step in self.ledger.steps),
            ends=Counter(self.ends),
            missed=[p for p in self.points if p not in {kill.point for kill in found}],
        )


def _due(engine: Engine, now: datetime) -> int:
    """Count what is under way or due, and what was put off by a failure."""
    waits = (Job.run_at <= now) | (Job.attempts > 0)
    with engine.database.read() as session:
        query = select(func.count()).where(Job.state == JobState.READY, waits)
        return session.scalar(query) or 0
