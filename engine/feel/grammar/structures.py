"""Brackets: lists, contexts, ranges and parentheses."""

from engine.feel.errors import Position
from engine.feel.grammar.cursor import Cursor
from engine.feel.nodes.literals import ContextLiteral, Interval, ListLiteral, can_hold
from engine.feel.nodes.node import Node
from engine.i18n import gettext as _

_SUM = 4
"""The level of the expressions that a comparison takes."""


class Structures(Cursor):
    def list_or_range(self) -> Node:
        at = self.expect("[").at
        if self.skip("]"):
            return ListLiteral(at, ())
        first = self.expression()
        if self.follows(".."):
            return self.range_from(at, first, included=True)
        items = [first]
        while self.skip(","):
            items.append(self.expression())
        self.expect("]")
        return ListLiteral(at, tuple(items))

    def parenthesis(self) -> Node:
        """Read `(expression)`, a range with an open start, or one without a start or end."""
        at = self.expect("(").at
        inside = self.expression()
        if self.follows(".."):
            return self.range_from(at, inside, included=False)
        self.expect(")")
        return inside

    def open_range(self) -> Node:
        """Read `]a..b]`, where the bracket turned outwards leaves its end out."""
        at = self.expect("]").at
        start = self.expression()
        if not self.follows(".."):
            raise self.unexpected()
        return self.range_from(at, start, included=False)

    def context(self) -> Node:
        at = self.expect("{").at
        entries: dict[str, Node] = {}
        while not self.skip("}"):
            if entries:
                self.expect(",")
            place = self.at
            key = self.key(":")
            if not key or key in entries:
                raise self.fault(_("这里应为不重复的名称和冒号"), place)
            self.expect(":")
            self.names.add(key)
            entries[key] = self.expression()
        return ContextLiteral(at, tuple(entries.items()))

    def range_from(self, at: Position, start: Node, *, included: bool) -> Interval:
        """Read `.. end]` behind the start of a range."""
        self.expect("..")
        end = self.expression()
        if not self.follows("]", ")", "["):
            raise self.unexpected()
        closed = self.take().text == "]"
        found = Interval(at, start, end, included, closed)
        if not can_hold(found):
            self.meaningless(_("区间的起点必须不大于终点，且类型相同"), at)
        return found

    def half_range(self) -> Interval:
        """Read `> 5`, a range without an end."""
        token = self.take()
        with self.deeper():
            bound = self.expression(_SUM)
        included = token.text in ("<=", ">=")
        if token.text.startswith("<"):
            return Interval(token.at, None, bound, start_included=False, end_included=included)
        return Interval(token.at, bound, None, start_included=included, end_included=False)
