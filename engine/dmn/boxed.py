"""From DMN's XML to boxed expressions; a kind that is not carried out is refused by name."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.dmn.cells import Cells
from engine.dmn.knowledge import Parameter
from engine.dmn.logic import (
    BoxedContext,
    BoxedList,
    Definition,
    Invocation,
    Literal,
    Logic,
)
from engine.dmn.table_reading import TableReader
from engine.dmn.types import Types, reference_of
from engine.dmn.xml import child, children, id_of, tag, text_in
from engine.i18n import gettext as _

KINDS = frozenset(
    {
        *("literalExpression", "decisionTable", "context", "list", "relation", "invocation"),
        "functionDefinition",
    }
)
_BESIDE_TEXT = frozenset({"text", "description", "extensionElements"})
_DEEPEST = 20
"""Boxes inside one another."""


class Boxes:
    """Reads boxed expressions; what is wrong goes to `fault`, and reading goes on."""

    def __init__(self, fault: Callable[[Any, str], None], cells: Cells, types: Types) -> None:
        self._fault = fault
        self._cells = cells
        self._types = types
        self._tables = TableReader(fault, cells)
        self._depth = 0

    def inside(self, element: Any) -> Logic | None:
        """Read the one boxed expression inside an element."""
        return next(self._all_inside(element), None)

    def definition(self, element: Any) -> Definition | None:
        """Read parameters and a body, as a function definition and knowledge have them."""
        if element.get("kind", "FEEL") != "FEEL":
            self._fault(element, _("不支持外部函数（%(kind)s）", kind=element.get("kind")))
            return None
        body = self.inside(element)
        if body is None:
            self._fault(element, _("这里没有表达式"))
            return None
        parameters = tuple(
            Parameter(each.get("name", ""), self._types.named(reference_of(each)))
            for each in children(element, "formalParameter")
        )
        return Definition(parameters, body)

    def _all_inside(self, element: Any) -> Iterator[Logic]:
        for each in children(element, *KINDS):
            yield self._read(each)

    def _read(self, element: Any) -> Logic:
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                self._fault(element, _("表达式嵌套太深"))
                return Literal(id_of(element), None)
            return self._readers()[tag(element)](element)
        finally:
            self._depth -= 1

    def _readers(self) -> Mapping[str, Callable[[Any], Logic]]:
        return {
            "literalExpression": self._literal,
            "decisionTable": self._tables.table,
            "context": self._context,
            "list": lambda element: BoxedList(tuple(self._all_inside(element))),
            "relation": self._relation,
            "invocation": self._invocation,
            "functionDefinition": self._function,
        }

    def _literal(self, element: Any) -> Literal:
        for each in element:
            if tag(each) and tag(each) not in _BESIDE_TEXT:
                self._fault(each, _("不支持的元素“%(name)s”", name=tag(each)))
        expression = self._cells.expression(element, text_in(element))
        return Literal(id_of(element), expression, self._type(element))

    def _context(self, element: Any) -> BoxedContext:
        entries = []
        for entry in children(element, "contextEntry"):
            variable, logic = child(entry, "variable"), self.inside(entry)
            if logic is None:
                self._fault(entry, _("这里没有表达式"))
                continue
            name = "" if variable is None else variable.get("name", "")
            entries.append((name, logic, self._type(variable)))
        return BoxedContext(tuple(entries))

    def _relation(self, element: Any) -> BoxedList:
        names = [each.get("name", "") for each in children(element, "column")]
        rows = []
        for row in children(element, "row"):
            cells = list(self._all_inside(row))
            if len(cells) != len(names):
                self._fault(row, _("规则的格数与列数不符"))
                continue
            entries = zip(names, cells, strict=True)
            rows.append(BoxedContext(tuple((name, cell, None) for name, cell in entries)))
        return BoxedList(tuple(rows))

    def _invocation(self, element: Any) -> Logic:
        called = self.inside(element)
        bindings = []
        for each in children(element, "binding"):
            parameter = child(each, "parameter")
            name = "" if parameter is None else parameter.get("name", "")
            bindings.append((name, self.inside(each) or Literal(id_of(each), None)))
        if called is None:
            self._fault(element, _("这里没有表达式"))
            return Literal(id_of(element), None)
        return Invocation(id_of(element), called, tuple(bindings), self._type(element))

    def _function(self, element: Any) -> Logic:
        return self.definition(element) or Literal(id_of(element), None)

    def _type(self, element: Any | None) -> Any:
        return self._types.named(reference_of(element))
