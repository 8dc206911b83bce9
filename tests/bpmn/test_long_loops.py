"""Thousands of rounds against a small model of our own: the library itself fails there."""

import random
from itertools import count

import pytest

from engine.bpmn import Definition
from engine.bpmn.state import codec
from tests.bpmn.blocks import Again, Both, Inside, Line, Work, drawn
from tests.bpmn.world import World

FEW, MANY = 300, 5_000
SOME, BYTES = 60, 40


def work(numbers):
    return Work(numbers, reminded=False)


SHAPES = {
    "one task": work,
    "two branches": lambda numbers: Both(work(numbers), work(numbers)),
    "three branches, one with a reminder": lambda numbers: Both(
        work(numbers), Work(numbers, reminded=True), work(numbers)
    ),
    "branches in a subprocess": lambda numbers: Inside(
        Both(work(numbers), Line(work(numbers), work(numbers))), called=False
    ),
    "branches in a call in a branch": lambda numbers: Both(
        work(numbers), Inside(Both(work(numbers), work(numbers)), called=True)
    ),
}


class Looping:
    """A loop, its small model, and dice for the order in which branches finish."""

    def __init__(self, shape):
        numbers = count()
        body = SHAPES[shape](numbers)
        self.ask = work(numbers)
        loop = Again(body, self.ask)
        self.world = World(drawn(loop, numbers), "whole")
        self.player = loop.begin()
        self.dice = random.Random(shape)  # noqa: S311 -- a repeatable walk, not a secret
        self.definition = Definition.parse(self.world.models)
        self.restored: list[int] = []

    def round(self, outcome):
        """Go round once, from the bytes each time; compare what is open after every step."""
        while True:
            state = self.world.process.state()
            self.world.process = self.definition.resume(state, **self.world.surroundings)
            self.restored.append(len(self.world.process._workflow.tasks))
            if self.dice.random() < 0.1:
                assert self.world.advance(hours=1) == self.player.nudge()
            name = self.dice.choice(sorted(self.player.open()))
            self.world.complete(name, outcome)
            self.player.complete(name, outcome)
            assert self.world.open() == sorted(self.player.open())
            assert self.world.process.is_finished == self.player.done
            if name == self.ask.name:
                return

    def rows(self):
        saved = codec.read(self.world.process.state())
        return len(saved["rows"]) + sum(len(rows) for *_, rows in saved["scopes"])


def rounds(shape, number):
    """Go round so often; what is restored and kept is as much at the end as at the beginning."""
    looping, costs = Looping(shape), []
    for _ in range(number):
        looping.restored.clear()
        looping.round("left")
        costs.append((looping.rows(), max(looping.restored), len(looping.world.process.state())))
        looping.world.history.clear()
        looping.world.calls.clear()
    first, last = (largest(costs[window]) for window in (slice(SOME), slice(-SOME, None)))
    assert last[:2] == first[:2]
    assert abs(last[2] - first[2]) < BYTES
    looping.round("right")
    assert looping.world.process.is_finished


def largest(costs):
    """Return the most rows, restored tasks and bytes; a reminder may be on its way, or not."""
    return [max(cost[place] for cost in costs) for place in range(3)]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_loop_of_three_hundred_rounds_does_what_its_model_does(shape):
    rounds(shape, FEW)


@pytest.mark.nightly
@pytest.mark.parametrize("shape", SHAPES)
def test_a_loop_of_five_thousand_rounds_does_what_its_model_does(shape):
    rounds(shape, MANY)
