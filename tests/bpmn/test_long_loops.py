"""Thousands of rounds against a small model of our own: the library itself fails there."""

import random
from itertools import count

import pytest

from engine.bpmn import Definition
from engine.bpmn.state import codec
from tests.bpmn.blocks import Again, Both, Inside, Line, Work, drawn
from tests.bpmn.world import World

FEW, MANY = 300, 5_000

SHAPES = {
    "one task": lambda numbers: work(numbers),
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


def work(numbers):
    return Work(numbers, reminded=False)


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
    looping = Looping(shape)
    for _ in range(3):
        looping.round("left")
    rows, size = looping.rows(), len(looping.world.process.state())
    looping.restored.clear()
    for _ in range(number):
        looping.round("left")
        looping.world.history.clear()
        looping.world.calls.clear()
    assert looping.rows() == rows
    assert abs(len(looping.world.process.state()) - size) < 40
    first, last = looping.restored[:30], looping.restored[-30:]
    assert max(last) <= max(first)
    looping.round("right")
    assert looping.world.process.is_finished


@pytest.mark.parametrize("shape", SHAPES)
def test_a_loop_of_three_hundred_rounds_does_what_its_model_does(shape):
    rounds(shape, FEW)


@pytest.mark.nightly
@pytest.mark.parametrize("shape", SHAPES)
def test_a_loop_of_five_thousand_rounds_does_what_its_model_does(shape):
    rounds(shape, MANY)
