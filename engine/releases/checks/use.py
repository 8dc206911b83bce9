"""What nobody uses, or nobody sends: forms without a task, messages without a sender."""

from collections import defaultdict
from collections.abc import Iterator

from engine.bpmn import Fault
from engine.bpmn.faults import WARNING
from engine.bpmn.naming import expressions, message_references
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import Reading, form_file
from engine.releases.checks.fields import COMPARED


def faults(found: Reading) -> Iterator[Fault]:
    yield from _unused_forms(found)
    yield from _unsent_messages(found)
    yield from _outcomes_alike(found)


def _unused_forms(found: Reading) -> Iterator[Fault]:
    """Only a whole release can have orphans."""
    if not found.is_whole:
        return
    used = {n.properties.get("form") for n in found.models.nodes if n.kind == "userTask"}
    for name in found.forms:
        if name not in used:
            text, mend = _("没有任务使用这张表单"), _("请删去，或在任务的属性 form 里用上")
            yield Fault(form_file(name), name, text, WARNING, mend)


def _unsent_messages(found: Reading) -> Iterator[Fault]:
    expectations = found.house.expectations
    if expectations is None:
        return
    for diagram in found.models.diagrams:
        for node in diagram.nodes:
            for reference in message_references(node):
                name = diagram.messages.get(reference, "")
                if name and not node.properties.get("offer") and name not in expectations.messages:
                    text = _("没有谁会发出消息 %(name)s，流程会一直等", name=name)
                    sent = "、".join(sorted(expectations.messages))
                    mend = _("请加属性 offer，或改用系统发出的消息：%(sent)s", sent=sent)
                    yield Fault(node.file, node.id, text, WARNING, mend)


def _outcomes_alike(found: Reading) -> Iterator[Fault]:
    """Two buttons that no condition tells apart lead the same way. (What a component draws, it
    tells apart itself.)"""
    asked: dict[str, set[str]] = defaultdict(set)
    for diagram in found.models.diagrams:
        for expression in expressions(diagram):
            for element, outcome in COMPARED.findall(expression.text):
                asked[element].add(outcome)
    for node in found.models.nodes:
        form = found.forms.get(node.properties.get("form", "")) if _is_task(node.kind) else None
        buttons = [outcome.name for outcome in form.outcomes if outcome.label] if form else []
        unasked = [name for name in buttons if name not in asked[node.id]]
        if asked[node.id] and len(unasked) > 1:
            names = "、".join(unasked)
            text = _("结果 %(names)s 走同一条路，没有条件区分它们", names=names)
            yield Fault(node.file, node.id, text, WARNING, _("请在网关里加上条件，或删去按钮"))


def _is_task(kind: str) -> bool:
    return kind == "userTask"
