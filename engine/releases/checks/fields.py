"""What stands under an element's name in the token: `apply.batch` is there only if it is routed."""

import re
from collections.abc import Collection, Iterator, Mapping

from engine.bpmn import Fault
from engine.bpmn.checks.calls import called_by
from engine.bpmn.faults import ERROR
from engine.bpmn.model import CALLS, SCOPES, Node
from engine.bpmn.naming import decision_of, expressions
from engine.forms import Form
from engine.forms.tree import in_form
from engine.forms.wording import is_set
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import Reading, form_file

OUTCOME = "outcome"
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
PATH = re.compile(r"(?<![\w.\"])([A-Za-z_]\w*)\.([A-Za-z_]\w*)")
COMPARED = re.compile(r'(?<![\w.])([A-Za-z_]\w*)\.outcome\s*!?=\s*"([^"\\]*)"')


def faults(found: Reading) -> Iterator[Fault]:
    """Yield what reads a field that its element never has, or an outcome that never comes."""
    known = {node.id: fields for node in found.models.nodes if (fields := _fields(found, node))}
    for diagram in found.models.diagrams:
        for expression in expressions(diagram):
            for text in _unknown(expression.text, known):
                yield Fault(expression.file, expression.element, text, ERROR, _mend())
    for name, table in found.models.decisions.items():
        file = found.models.decision_files[name]
        for column in table.inputs:
            for text in _unknown(column.expression.source, known):
                yield Fault(file, column.id, text, ERROR, _mend())
    ends = _ends(found)
    for name, form in found.usable_forms:
        for formula in form.expressions():
            own = {c.key for c in in_form(form.components)}
            others = {element: fields for element, fields in known.items() if element not in own}
            for text in (*_unknown(formula.text, others), *_impossible(formula.text, ends)):
                yield Fault(form_file(name), formula.component, text, ERROR, _mend())


def _fields(found: Reading, node: Node) -> set[str]:
    """Return the names below an element; none when only its service knows."""
    if node.kind == "userTask":
        form = found.forms.get(node.properties.get("form", ""))
        return {OUTCOME, *_routed(form)} if form else set()
    if node.kind in CALLS:
        outputs = node.properties.get("outputs", "").split()
        return {OUTCOME, *(name.rpartition(".")[2] for name in outputs)}
    if node.kind in SCOPES:
        return {OUTCOME}
    table = found.models.decisions.get(decision_of(node)) if _is_rule(node) else None
    return {output.name for output in table.outputs} if table else set()


def _ends(found: Reading) -> dict[str, Collection[str]]:
    """Return the outcomes of every element of which they are known."""
    through = {scope.id: {n.id for n in scope.of_kind("endEvent")} for scope in found.models.scopes}
    ends: dict[str, Collection[str]] = {}
    for node in found.models.nodes:
        if node.kind == "userTask":
            form = found.forms.get(node.properties.get("form", ""))
            ends[node.id] = {outcome.name for outcome in form.outcomes} if form else ()
        elif node.kind in CALLS:
            ends[node.id] = through.get(called_by(node), ())
        elif node.kind in SCOPES:
            ends[node.id] = through[node.id]
    return {element: outcomes for element, outcomes in ends.items() if outcomes}


def _unknown(text: str, known: Mapping[str, Collection[str]]) -> Iterator[str]:
    for element, name in sorted(set(PATH.findall(TEXT.sub('""', text)))):
        if element in known and name not in known[element]:
            yield _("%(element)s 没有 %(name)s", element=element, name=name)


def _impossible(text: str, ends: Mapping[str, Collection[str]]) -> Iterator[str]:
    for element, outcome in COMPARED.findall(text):
        if element in ends and outcome not in ends[element]:
            yield _("%(element)s 没有结果 %(outcome)s", element=element, outcome=outcome)


def _routed(form: Form) -> set[str]:
    return {c.key for c in in_form(form.components) if c.key and is_set(c.definition, "route")}


def _is_rule(node: Node) -> bool:
    return node.kind == "businessRuleTask"


def _mend() -> str:
    return _("请改正名称；表单的字段要加属性 route 才能用于流转，调用活动的要写进 outputs")
