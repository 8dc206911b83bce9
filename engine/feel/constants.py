"""The values that are written out in an expression, for those who try a table out on them."""

from collections.abc import Iterator
from typing import Any

from engine.feel.errors import FeelError
from engine.feel.nodes.literals import Interval, ListLiteral
from engine.feel.nodes.node import Node
from engine.feel.nodes.tests import Test
from engine.feel.scope import Budget, Scope

STEPS = 100
"""What is written out takes hardly a step; anything dearer is not a constant to try."""


def constants_of(node: Node) -> Iterator[Any]:
    """Yield the value of every part that reads no name; ranges and lists yield what is in them."""
    read = node.reads(frozenset())
    if isinstance(node, Test | Interval | ListLiteral) or read.sure or read.doubtful:
        for part in node.parts():
            yield from constants_of(part)
        return
    try:
        yield Scope({}, Budget(STEPS), None).value(node)
    except FeelError:
        return
