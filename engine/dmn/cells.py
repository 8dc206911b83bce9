"""The columns and cells of a table, each parsed as FEEL where it stands."""

from collections.abc import Callable, Iterable
from typing import Any

from engine.dmn.table import Input, Output, Rule
from engine.dmn.xml import FEEL, child, children, text_in
from engine.feel import Expression, FeelError, UnaryTests, parse, parse_unary
from engine.i18n import gettext as _

Fault = Callable[[Any, str], None]


class Cells:
    """Reads columns and rules; what is wrong goes to `fault`, and reading goes on."""

    def __init__(self, fault: Fault, names: Iterable[str]) -> None:
        self._fault = fault
        self._names = frozenset(names)

    def input(self, element: Any) -> Input:
        asked = child(element, "inputExpression")
        text = text_in(asked)
        if not text:
            self._fault(element, _("输入列没有表达式"))
        expression = self.expression(element if asked is None else asked, text or "null")
        return Input(
            element.get("id", ""),
            element.get("label") or text,
            expression or parse("null"),
            "" if asked is None else asked.get("typeRef", ""),
            self._allowed(child(element, "inputValues")),
        )

    def output(self, element: Any, fallback: str) -> Output:
        """Read an output column; the only one of a table may go without a name."""
        name = element.get("name") or fallback
        default = child(element, "defaultOutputEntry")
        return Output(
            element.get("id", ""),
            name,
            element.get("label") or name,
            element.get("typeRef", ""),
            self._values(child(element, "outputValues")),
            None if default is None else self.expression(default, text_in(default)),
        )

    def rule(self, element: Any, inputs: int, outputs: int) -> Rule | None:
        tests, results = children(element, "inputEntry"), children(element, "outputEntry")
        if (len(tests), len(results)) != (inputs, outputs):
            self._fault(element, _("规则的格数与列数不符"))
            return None
        note = child(element, "description")
        return Rule(
            element.get("id", ""),
            tuple(self._tests(each) for each in tests),
            tuple(self.expression(each, text_in(each)) for each in results),
            "" if note is None else (note.text or "").strip(),
        )

    def _tests(self, element: Any) -> UnaryTests:
        try:
            self._check_language(element)
            return parse_unary(text_in(element), self._names)
        except FeelError as fault:
            self._fault(element, str(fault))
            return parse_unary("-")

    def expression(self, element: Any, text: str) -> Expression | None:
        """Read an expression; an empty cell gives nothing."""
        try:
            self._check_language(element)
            return parse(text, self._names) if text and text != "-" else None
        except FeelError as fault:
            self._fault(element, str(fault))
            return None

    def _allowed(self, element: Any | None) -> UnaryTests | None:
        return None if element is None or not text_in(element) else self._tests(element)

    def _values(self, element: Any | None) -> tuple[Any, ...]:
        """Read allowed output values, a list of constants in order of priority."""
        text = text_in(element)
        if not text:
            return ()
        try:
            return tuple(parse(f"[{text}]").evaluate({}))
        except FeelError as fault:
            self._fault(element, str(fault))
            return ()

    def _check_language(self, element: Any) -> None:
        language = element.get("expressionLanguage")
        if language and language.lower() not in {name.lower() for name in FEEL}:
            self._fault(element, _("不支持的表达式语言“%(name)s”", name=language))
