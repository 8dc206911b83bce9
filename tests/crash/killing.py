"""Who is killed when: at several named points at a time, and at random in between."""

import random
import time
from collections import Counter
from contextlib import suppress

from tests.crash.points import ARMED, MIGRATION, POINTS
from tests.crash.premises import Premises

AT_RANDOM = "at random: one process"
POWER_CUT = "at random: all processes"
ALL = (*POINTS, AT_RANDOM, POWER_CUT)
AT_ONCE = 4
"""Points armed at a time: fewer would wait for each other, with more nobody would get far."""
BREATH = 1.5
"""Seconds at most between one death and the next trap."""


class Killer:
    """Sees to it that everybody dies `rounds` times at every point of the list."""

    def __init__(
        self, house: Premises, points: tuple[str, ...], rounds: int, chance: random.Random
    ) -> None:
        self._house, self._chance = house, chance
        self._folder = house.settings.home / ARMED
        self._left = Counter({point: rounds for point in points if point != MIGRATION})
        self._armed: set[str] = set()
        self.at_random: Counter[str] = Counter()

    def kill_until(self, until: float) -> None:
        """Kill until nothing is left to do, or until it is too late."""
        while (+self._left or self._armed) and time.monotonic() < until:
            self._house.look_after()
            if self._count_the_dead() or not self._armed:
                self._house.wait_until_open()
                time.sleep(BREATH * self._chance.random())
                self._choose()
            time.sleep(0.02)

    def disarm(self) -> None:
        for armed in self._folder.iterdir():
            with suppress(FileNotFoundError):
                armed.unlink()

    def _count_the_dead(self) -> bool:
        dead = {point for point in self._armed if not (self._folder / point).exists()}
        self._armed -= dead
        return bool(dead)

    def _choose(self) -> None:
        """Arm what has been hit least, or kill at random."""
        while len(self._armed) < AT_ONCE:
            free = sorted(p for p in +self._left if p not in self._armed)
            if not free:
                return
            most = max(self._left[point] for point in free)
            point = self._chance.choice([p for p in free if self._left[p] == most])
            self._left[point] -= 1
            if point in (AT_RANDOM, POWER_CUT):
                self._at_random(point)
                return
            (self._folder / point).touch()
            self._armed.add(point)

    def _at_random(self, point: str) -> None:
        roles = self._house.roles
        self._house.restart(*(roles if point == POWER_CUT else [self._chance.choice(roles)]))
        self.at_random[point] += 1
