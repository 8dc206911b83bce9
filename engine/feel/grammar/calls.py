"""Calls of functions. A built-in one is checked here: that it exists, and how it is called."""

from engine.feel.builtins import BUILTINS, Builtin
from engine.feel.builtins.patterns import compile_pattern
from engine.feel.builtins.xpath import PatternRefused
from engine.feel.errors import Position
from engine.feel.grammar.cursor import IS_DEFINED, Cursor
from engine.feel.nodes.functions import Call, Overridable
from engine.feel.nodes.literals import Literal
from engine.feel.nodes.names import IsDefined, Variable
from engine.feel.nodes.node import Node
from engine.i18n import gettext as _


class Calls(Cursor):
    def name_or_call(self) -> Node:
        """Read a variable, or the call of a function that the language has."""
        at = self.at
        builtin = self.builtin_name()
        if builtin:
            return self._builtin_call(builtin, at)
        name = self.name()
        if name is None:
            raise self.unexpected()
        if self.follows("(") and name not in self.names:
            self._arguments_of_nothing()
            return self.meaningless(_("没有名为“%(name)s”的函数", name=name), at)
        return Variable(at, name)

    def call_of(self, callee: Node) -> Node:
        arguments, named = self._arguments()
        return Call(callee.at, callee, arguments, named)

    def _builtin_call(self, name: str, at: Position) -> Node:
        arguments, named = self._arguments()
        if name == IS_DEFINED:
            return self._is_defined(arguments, at)
        builtin = BUILTINS[name]
        if name in self.names:
            return Call(at, Overridable(at, name, builtin), arguments, named)
        if not builtin.signature.accepts(len(arguments), [key for key, _node in named]):
            text = _("函数“%(name)s”的参数不对：%(takes)s", **_usage(builtin))
            return self.meaningless(text, at)
        self._check_pattern(builtin, arguments, named)
        return Call(at, Literal(at, builtin), arguments, named)

    def _arguments_of_nothing(self) -> None:
        """Read past the arguments of a function that does not exist; strict reading stops here."""
        if not self._strict:
            self._arguments()

    def _is_defined(self, arguments: tuple[Node, ...], at: Position) -> Node:
        if len(arguments) != 1:
            return self.meaningless(_("函数“is defined”只有一个参数"), at)
        return IsDefined(at, arguments[0])

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Node], ...]]:
        self.expect("(")
        arguments: list[Node] = []
        named: list[tuple[str, Node]] = []
        while not self.skip(")"):
            if arguments or named:
                self.expect(",")
            key = self.key(":")
            if key:
                self.expect(":")
                named.append((key, self.expression()))
            else:
                arguments.append(self.expression())
        return tuple(arguments), tuple(named)

    def _check_pattern(
        self, builtin: Builtin, arguments: tuple[Node, ...], named: tuple[tuple[str, Node], ...]
    ) -> None:
        """Refuse a written pattern that the engine for patterns does not know."""
        parameters = [each.name for each in builtin.signature.parameters]
        given = dict(zip(parameters, arguments, strict=False)) | dict(named)
        pattern = given.get("pattern") or given.get("delimiter")
        if builtin.name not in _TAKES_PATTERN or not isinstance(pattern, Literal):
            return
        try:
            compile_pattern(str(pattern.content))
        except PatternRefused as fault:
            message = _("正则表达式不可用：%(fault)s", fault=str(fault))
            self.meaningless(message, pattern.at)


_TAKES_PATTERN = frozenset({"matches", "replace", "split", "extract"})


def _usage(builtin: Builtin) -> dict[str, str]:
    takes = ", ".join(
        each.name + ("?" if each.optional else "") for each in builtin.signature.parameters
    )
    return {"name": builtin.name, "takes": f"{builtin.name}({takes})"}
