"""Names that expressions read: somebody must have written them, and the values must exist."""

import re
from collections.abc import Collection, Iterator, Mapping

from engine.bpmn.checks.calls import called_by
from engine.bpmn.checks.expressions import names_in
from engine.bpmn.checks.reading import Models
from engine.bpmn.faults import ERROR, Fault
from engine.bpmn.model import CALLS, SCOPES, Node
from engine.bpmn.naming import Expression, decision_of, expressions
from engine.i18n import gettext as _

OUTCOME = re.compile(r'\b([A-Za-z_]\w*)\.outcome\s*!?=\s*"([^"\\]*)"')


def faults(
    models: Models, forms: Mapping[str, Collection[str]], variables: Collection[str]
) -> Iterator[Fault]:
    known = _Known(models, variables)
    outcomes = _outcomes(models, forms)
    for found in models.diagrams:
        for expression in expressions(found):
            yield from _unwritten(expression, known)
            yield from _impossible(expression, outcomes)
    yield from _inputs(models, known)


class _Known:
    """The names a process can read: its own elements', its callers', and the start's."""

    def __init__(self, models: Models, variables: Collection[str]) -> None:
        self._variables = set(variables)
        self._written: dict[str, set[str]] = {}
        self._callers: dict[str, set[str]] = {}
        for node in models.nodes:
            self._written.setdefault(node.process, set()).add(node.id)
            if node.kind in CALLS:
                self._callers.setdefault(called_by(node), set()).add(node.process)

    def in_process(self, process: str) -> set[str]:
        seen: set[str] = set()
        open_ends = [process]
        while open_ends:
            name = open_ends.pop()
            if name not in seen:
                seen.add(name)
                open_ends += self._callers.get(name, ())
        written = (self._written.get(name, set()) for name in seen)
        return self._variables.union(*written)


def _unwritten(expression: Expression, known: _Known) -> Iterator[Fault]:
    for name in sorted(names_in(expression) - known.in_process(expression.process)):
        text = _("没有任何元素写入 %(name)s", name=name)
        mend = _("请改正名称；任务的结果写在它的编号之下")
        yield Fault(expression.file, expression.element, text, ERROR, mend)


def _inputs(models: Models, known: _Known) -> Iterator[Fault]:
    """A decision table reads the data of the task that asks it."""
    for node in models.nodes:
        table = models.decisions.get(decision_of(node)) if node.kind == "businessRuleTask" else None
        if table is not None:
            columns = {column.label for column in table.inputs}
            missing = table.names() - known.in_process(node.process) - columns
            for name in sorted(missing):
                text = _("决策表读取 %(name)s，但没有任何元素写入它", name=name)
                yield Fault(node.file, node.id, text, ERROR, _("请改正决策表的输入表达式"))


def _outcomes(models: Models, forms: Mapping[str, Collection[str]]) -> dict[str, Collection[str]]:
    """Return the possible outcomes of every element of which they are known."""
    ends: dict[str, set[str]] = {}
    for scope in models.scopes:
        ends[scope.id] = {node.id for node in scope.of_kind("endEvent")}
    found: dict[str, Collection[str]] = {}
    for node in models.nodes:
        possible = _possible(node, forms, ends)
        if possible is not None:
            found[node.id] = possible
    return found


def _possible(
    node: Node, forms: Mapping[str, Collection[str]], ends: Mapping[str, set[str]]
) -> Collection[str] | None:
    if node.kind == "userTask":
        return forms.get(node.properties.get("form", ""))
    if node.kind in CALLS:
        return ends.get(called_by(node))
    return ends.get(node.id) if node.kind in SCOPES else None


def _impossible(expression: Expression, outcomes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    for element, outcome in OUTCOME.findall(expression.text):
        if element in outcomes and outcome not in outcomes[element]:
            text = _("%(element)s 没有结果 %(outcome)s", element=element, outcome=outcome)
            mend = _("可用的结果：%(all)s", all="、".join(sorted(outcomes[element])) or "—")
            yield Fault(expression.file, expression.element, text, ERROR, mend)
