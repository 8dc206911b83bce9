"""A process that is saved, pruned and moved to fresh specs after every step does the same."""

import random
from datetime import timedelta

import pytest

from engine.bpmn import process
from tests.bpmn.samples import ALL
from tests.bpmn.world import World

OUTCOMES = ["stop", "next", "pass", "return", "back", None]
MESSAGES = ["withdraw", "payment_settled", "order_resolved", "nobody"]
STEPS = 25


def answers(seed):
    """Give both worlds the same facts: each draws from a source of its own with the same seed."""
    facts = random.Random(seed)  # noqa: S311 -- a repeatable walk, not a secret
    return {
        "test.reserve": lambda world, _: {
            "held_until": world.process.now + timedelta(hours=72)
            if world.process
            else world.now + timedelta(hours=72)
        },
        "test.read_order": lambda *_: {"settled": facts.random() < 0.4},
        "test.create_order": lambda *_: {"number": facts.randrange(1000)},
    }


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ALL)
def test_saving_and_pruning_change_nothing(name, seed, monkeypatch):
    walk = random.Random(f"{name} {seed}")  # noqa: S311 -- a repeatable walk, not a secret
    saved = World(ALL[name], name, answers=answers(seed), saves=True)
    with monkeypatch.context() as context:
        context.setattr(process, "prune", lambda workflow: None)
        live = World(ALL[name], name, answers=answers(seed))
    for _ in range(STEPS):
        assert live.snapshot() == saved.snapshot()
        if live.process.is_finished:
            break
        command = choose(walk, live)
        with monkeypatch.context() as context:
            context.setattr(process, "prune", lambda workflow: None)
            first = command(live)
        assert first == command(saved)
    assert live.snapshot() == saved.snapshot()


def choose(walk, world):
    """Pick a command by what is open; both worlds then get the same one."""
    kind = walk.random()
    opened = world.open()
    if opened and kind < 0.6:
        element, outcome = walk.choice(opened), walk.choice(OUTCOMES)
        return lambda world: world.complete(element, outcome, note=kind)
    if kind < 0.8:
        hours = walk.choice([0.2, 1, 24, 100])
        return lambda world: world.advance(hours=hours)
    name = walk.choice(MESSAGES)
    return lambda world: world.message(name, {"came": kind})
