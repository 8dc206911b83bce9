"""One run on one database: load, kills, a quiet end, and the verdict."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from engine.bootstrap import Engine, build
from engine.declaration import demo
from engine.jobs import Job, JobState
from tests.crash import load, verdict
from tests.crash.browsing import Browser, Ledger, Unreachable
from tests.crash.people import Guest, invite
from tests.crash.points import ARMED, MIGRATION, POINTS
from tests.crash.premises import Premises, premises
from webapp.app import create_app

AT_RANDOM = "at random: one process"
POWER_CUT = "at random: all processes"
PATIENCE = 12.0
"""Seconds for which one point is waited for before another one is armed as well."""
TO_SETTLE = 150.0


@dataclass
class Report:
    """What a run on one database came to."""

    database: str
    kills: list[verdict.Kill] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    acknowledged: int = 0
    asked_again: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    """The titles of the pages where people ended."""
    seconds: float = 0.0

    @property
    def missed(self) -> list[str]:
        """The points at which nobody died."""
        return [p for p in POINTS if p not in {kill.point for kill in self.kills}]


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
    ledger: Ledger = field(default_factory=Ledger)
    ends: list[str] = field(default_factory=list)
    random_kills: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> Report:
        begun = time.monotonic()
        with premises(self.home, self.database_url) as house:
            self._migrate(house)
            engine = build(house.settings)
            guests = self._invite(engine)
            house.open()
            self._under_load(house, guests)
            self._settle(house, engine)
            house.close()
            report = self._report(engine)
            engine.close()
        report.seconds = time.monotonic() - begun
        return report

    def _migrate(self, house: Premises) -> None:
        """Kill the migration before a statement early, in the middle and late; then let it be."""
        for statement in (2, 40, self.chance.randint(60, 120)):
            self._arm(MIGRATION, str(statement))
            if house.migrate() == 0:
                break
        self._disarm()
        if house.migrate():
            raise RuntimeError(f"the migration does not end; see {self.home}/migration.log")

    def _invite(self, engine: Engine) -> list[Guest]:
        engine.publish()
        with engine.database.write() as session:
            demo.load(session, engine.clock.now())
            demo.open_accounts(session, engine.clock.now())
        return invite(engine, create_app(engine), self.people)

    def _under_load(self, house: Premises, guests: list[Guest]) -> None:
        waiting = list(reversed(guests))
        threads = [
            threading.Thread(target=self._serve, args=(house, waiting)) for _ in range(self.clients)
        ]
        for thread in threads:
            thread.start()
        try:
            self._kill_until(house, time.monotonic() + self.seconds)
        finally:
            self.over.set()
            self._disarm()
            while any(thread.is_alive() for thread in threads):
                house.look_after()
                time.sleep(0.2)

    def _serve(self, house: Premises, waiting: list[Guest]) -> None:
        """One client after the other, each with a browser of their own."""
        while not self.over.is_set():
            try:
                guest = waiting.pop()
            except IndexError:
                return
            browser = Browser(house.address, guest.cookie, self.ledger)
            own = random.Random(guest.who.key)  # noqa: S311 -- a load, not a secret
            try:
                end = load.declare(browser, guest, house.settings.sms_viewer_url, own)
            except (Unreachable, AssertionError, LookupError) as fault:
                end = f"{type(fault).__name__}: {fault}"
            self.ends.append(end)

    def _kill_until(self, house: Premises, until: float) -> None:
        left = Counter(dict.fromkeys(set(POINTS) - {MIGRATION}, self.rounds))
        left.update({AT_RANDOM: self.rounds, POWER_CUT: self.rounds})
        while +left and time.monotonic() < until:
            house.look_after()
            house.wait_until_open()
            most = max(left.values())
            point = self.chance.choice(sorted(p for p in left if left[p] == most))
            time.sleep(self.chance.random())
            if point in (AT_RANDOM, POWER_CUT):
                self._at_random(house, point)
                left[point] -= 1
                continue
            self._arm(point)
            self._wait_for_the_kill(house, point, min(until, time.monotonic() + PATIENCE))
            left[point] -= 1
        self._last_chance(house, until)

    def _last_chance(self, house: Premises, until: float) -> None:
        while any((self.home / ARMED).iterdir()) and time.monotonic() < until:
            house.look_after()
            time.sleep(0.1)

    def _wait_for_the_kill(self, house: Premises, point: str, until: float) -> None:
        while (self.home / ARMED / point).exists() and time.monotonic() < until:
            house.look_after()
            time.sleep(0.02)

    def _at_random(self, house: Premises, point: str) -> None:
        names = house.roles if point == POWER_CUT else [self.chance.choice(house.roles)]
        house.restart(*names)
        self.random_kills[point] += 1

    def _arm(self, point: str, text: str = "") -> None:
        (self.home / ARMED / point).write_text(text)

    def _disarm(self) -> None:
        for armed in (self.home / ARMED).iterdir():
            with suppress(FileNotFoundError):
                armed.unlink()

    def _settle(self, house: Premises, engine: Engine) -> None:
        """Let the product do what is due, undisturbed."""
        until = time.monotonic() + TO_SETTLE
        while time.monotonic() < until and _due(engine):
            house.look_after()
            time.sleep(0.5)

    def _stuck(self) -> Iterator[str]:
        for end in self.ends:
            if end != load.DONE:
                yield f"somebody came no further than {end}"

    def _report(self, engine: Engine) -> Report:
        kind = "PostgreSQL" if self.database_url else "SQLite"
        found = verdict.kills(engine, self.home)
        found += [verdict.Kill(p, "") for p in self.random_kills.elements()]
        return Report(
            kind,
            found,
            [*verdict.faults(engine, self.home, self.ledger), *self._stuck()],
            acknowledged=len(self.ledger.steps),
            asked_again=sum(step.asked > 1 for step in self.ledger.steps),
            ends=Counter(self.ends),
        )


def _due(engine: Engine) -> int:
    """Count what is under way or due, and what was put off by a failure."""
    waits = (Job.run_at <= engine.clock.now()) | (Job.attempts > 0)
    with engine.database.read() as session:
        query = select(func.count()).where(Job.state == JobState.READY, waits)
        return session.scalar(query) or 0
