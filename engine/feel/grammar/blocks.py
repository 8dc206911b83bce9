"""`if`, `for`, `some`, `every` and `function`: a keyword, and expressions between keywords."""

from engine.feel.grammar.cursor import Cursor
from engine.feel.nodes.functions import FunctionLiteral
from engine.feel.nodes.logic import Choice
from engine.feel.nodes.loops import PARTIAL, For, Iteration, Quantified
from engine.feel.nodes.node import Node
from engine.feel.values.types import Type
from engine.i18n import gettext as _


class Blocks(Cursor):
    def choice(self) -> Node:
        at = self.expect("if").at
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return Choice(at, condition, then, self.expression())

    def for_loop(self) -> Node:
        at = self.expect("for").at
        self.names.add(PARTIAL)
        iterations = self._iterations()
        self.expect("return")
        body = self.expression()
        read = body.reads(frozenset())
        return For(at, iterations, body, PARTIAL in read.sure | read.doubtful)

    def quantified(self, word: str) -> Node:
        at = self.expect(word).at
        iterations = self._iterations()
        self.expect("satisfies")
        return Quantified(at, iterations, self.expression(), word == "some")

    def function(self) -> Node:
        at = self.expect("function").at
        self.expect("(")
        parameters: list[tuple[str, Type | None]] = []
        while not self.skip(")"):
            if parameters:
                self.expect(",")
            parameters.append(self._parameter())
        if self.token.text == "external":
            raise self.fault(_("不支持外部函数（external）"))
        return FunctionLiteral(at, tuple(parameters), self.expression())

    def _parameter(self) -> tuple[str, Type | None]:
        name = self._bound_name(",", ")", ":")
        return name, self.type_name() if self.skip(":") else None

    def type_name(self) -> Type | None:
        """Read a type; the class that knows types overrides this."""
        raise NotImplementedError

    def _iterations(self) -> tuple[Iteration, ...]:
        found = [self._iteration()]
        while self.skip(","):
            found.append(self._iteration())
        return tuple(found)

    def _iteration(self) -> Iteration:
        name = self._bound_name()
        self.expect("in")
        items = self.expression()
        end = self.expression() if self.skip("..") else None
        return Iteration(name, items, end)

    def _bound_name(self, *ends: str) -> str:
        """Take a name that the expression itself gives; it may have several words."""
        at = self.at
        name = self.key(*ends) if ends else self.words_before("in")
        if not name:
            raise self.fault(_("这里应为名称"), at)
        self.names.add(name)
        return name
