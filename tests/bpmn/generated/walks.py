"""The same random walk through one process twice: in memory, and saved after every step."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from random import Random
from unittest.mock import patch

from engine.bpmn import Definition, process
from tests.bpmn.generated.blocks import random_plan
from tests.bpmn.generated.ledgers import Ledger
from tests.bpmn.world import MORNING, World

STEPS = 30
UNTIL_THE_END = 90
"""After so many steps nobody goes round again, so that most processes end."""


class Walker(World):
    """A world whose services answer from their own dice, the same for every run of one seed."""

    def __init__(self, models, seed, *, at=None, saves, shared=None):
        self.dice = Random(f"services {seed}")  # noqa: S311 -- a repeatable walk, not a secret
        self.models, self.saves, self.shared = models, saves, shared
        self.now, self.calls, self.history, self.process = MORNING, [], [], None
        definition = shared or Definition.parse(models)
        self.process = definition.start("whole", {}, at=at, **self.surroundings)
        self._after()

    def serve(self, name, params, element):
        at = self.process.now if self.process else self.now
        self.calls.append((element, name, dict(params), at))
        number = self.dice.randrange(100)
        return {
            "number": number,
            "share": Decimal(number) / 8,
            "until": at + timedelta(hours=number),
            "list": [number, None],
        }

    def restart(self):
        """Continue from the bytes; on fresh models, unless several walkers are to share them."""
        if self.shared is None:
            super().restart()
        else:
            self.process = self.shared.resume(self.process.state(), **self.surroundings)

    def places(self):
        """Return where people are needed. Two tokens may stand at one element; then what they know
        tells them apart."""
        return sorted(_place(task) for task in self.process.open_tasks())

    def complete_at(self, place, outcome, **values):
        task = next(task for task in self.process.open_tasks() if _place(task) == place)
        self.process.complete(task.id, {"outcome": outcome, **values})
        self._after()


def _place(task):
    return task.path, task.element, sorted(map(str, task.data.items()))


@dataclass
class Walk:
    """What came of one walk through one process."""

    seed: object
    steps: int = 0
    is_finished: bool = False
    used: Counter = field(default_factory=Counter)


def walk(seed: int) -> Walk:
    """Walk both ways; what is raised names the seed and what differs, or is wrong in both."""
    try:
        return _walk(seed)
    except Exception as found:
        found.add_note(f"in generated process {seed}")
        raise


def _walk(seed: int) -> Walk:
    plan = random_plan(seed)
    dice = Random(f"walk {seed}")  # noqa: S311 -- a repeatable walk, not a secret
    at = dice.choice(plan.starts)
    ledger = Ledger(plan)
    with never_pruned():
        live = Walker(plan.models, seed, at=at, saves=False)
    saved = Walker(plan.models, seed, at=at, saves=True)
    result = Walk(seed)
    for number in range(UNTIL_THE_END):
        _must_agree(live, saved)
        ledger.follow(saved)
        if saved.process.is_finished:
            result.is_finished = True
            break
        command = _command(dice, plan, saved, number)
        with never_pruned():
            first = command(live)
        assert first == command(saved)
        result.steps += 1
    if result.is_finished:
        _nothing_is_gone(saved, ledger)
    result.used = Counter(ledger.used)
    return result


def walk_sharing(plan, definition, number: int) -> list:
    """Walk on models that others are walking on, and return everything that was seen."""
    dice = Random(f"shared {number}")  # noqa: S311 -- a repeatable walk, not a secret
    at = dice.choice(plan.starts)
    walker = Walker(plan.models, number, at=at, saves=True, shared=definition)
    seen = [walker.snapshot()]
    for step in range(STEPS):
        if walker.process.is_finished:
            break
        _command(dice, plan, walker, step)(walker)
        seen.append(walker.snapshot())
    return seen


@contextmanager
def never_pruned():
    """Let a process keep all its finished tasks, as one that lives in memory would."""
    with patch.object(process, "prune", lambda workflow: None):
        yield


def _must_agree(live, saved):
    one, other = live.snapshot(), saved.snapshot()
    for part in one:
        assert one[part] == other[part], f"{part} differs after saving"


def _nothing_is_gone(world, ledger):
    gone = ledger.gone_at_the_end(world.process.variables)
    assert not gone, f"the values of {', '.join(gone)} are gone"


def _command(dice, plan, world, number):
    """Return what is done next, the same to both; late in a walk nobody goes round again."""
    opened, kind = world.places(), dice.random()
    waiting = world.process.waiting()
    if opened and kind < (0.35 if waiting else 0.7):
        place = dice.choice(opened)
        outcome = dice.choice(("left", "right")) if number < STEPS else "right"
        return lambda world: world.complete_at(place, outcome, number=number)
    if kind < 0.75 or not plan.messages:
        hours = dice.choice((0.25, 0.5, 1, 4, 30))
        return lambda world: world.advance(hours=hours)
    awaited = [found.message for found in waiting if found.message]
    name = dice.choice(awaited or plan.messages)
    return lambda world: world.message(name, {"came": number})
