"""What may stand inside an element: nothing that the engine would read past without a word."""

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checks.elements import DATA_LINKS, REPEATED, SCRIPTS
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import bpmn, spiff, tag_of
from engine.bpmn.faults import ERROR, WARNING, Fault
from engine.bpmn.model import SCOPES, Diagram, Node
from engine.i18n import gettext as _

SAID = frozenset({"documentation", "extensionElements"})
IN_A_FILE = SAID | {"process", "message", "error", "collaboration", "category"}
IN_A_NODE = SAID | {"incoming", "outgoing", *DATA_LINKS, *REPEATED}
IN_OTHERS = {
    "sequenceFlow": SAID | {"conditionExpression"},
    "laneSet": SAID | {"lane"},
    "childLaneSet": SAID | {"lane"},
    "lane": SAID | {"flowNodeRef", "childLaneSet"},
    "timerEventDefinition": SAID | {"timeDate", "timeDuration", "timeCycle"},
    "messageEventDefinition": SAID,
    "errorEventDefinition": SAID,
    "terminateEventDefinition": SAID,
    "message": SAID,
    "error": SAID,
}
EXTENSIONS = frozenset({"properties", "serviceTaskOperator", "calledDecisionId", *SCRIPTS})
OPERATOR = frozenset({"serviceTaskOperator", "parameters", "parameter"})
PLAIN = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "parallelMultiple": "false",
}
"""Attributes that the engine takes at their standard value only."""


def faults(models: Models) -> Iterator[Fault]:
    for found in models.diagrams:
        for child in found.root:
            yield from _unknown(found, found.root, child, IN_A_FILE)
        for kind, allowed in IN_OTHERS.items():
            for holder in found.root.iter(bpmn(kind)):
                for child in holder:
                    yield from _unknown(found, holder, child, allowed)
        for node in found.nodes:
            yield from _in_node(found, node)
            yield from _attributes(node)


def doubts(models: Models) -> Iterator[Fault]:
    """Yield processes that say of themselves that nobody runs them."""
    for scope in models.scopes:
        if scope.parent is None and scope.xml.get("isExecutable") == "false":
            text = _("流程标为不可执行，却会运行")
            yield at(scope, text, _("请在设计器里勾选可执行"), WARNING)


def _in_node(found: Diagram, node: Node) -> Iterator[Fault]:
    for extension in node.xml.iterfind(f"./{bpmn('extensionElements')}/*"):
        name = str(extension.tag).removeprefix(spiff(""))
        if name not in EXTENSIONS:
            yield at(node, _("扩展 %(name)s 不起作用", name=name), _("请删去它"))
    yield from _in_operator(node)
    if node.kind in SCOPES:
        return
    for child in node.xml:
        if not tag_of(child).endswith("EventDefinition"):
            yield from _unknown(found, node.xml, child, IN_A_NODE)


def _in_operator(node: Node) -> Iterator[Fault]:
    """A service's result is stored under its task's id, and who calls it decides on retries."""
    for operator in node.extensions("serviceTaskOperator"):
        if operator.get("resultVariable", node.id) not in {node.id, ""}:
            text = _("结果总写在任务的编号之下，resultVariable 不起作用")
            yield at(node, text, _("请改成任务的编号或删去"))
        for child in operator.iter():
            name = str(child.tag).removeprefix(spiff(""))
            if name not in OPERATOR:
                yield at(node, _("扩展 %(name)s 不起作用", name=name), _("请删去它"))


def _attributes(node: Node) -> Iterator[Fault]:
    for name, plain in PLAIN.items():
        if node.xml.get(name, plain) != plain:
            yield at(node, _("属性 %(name)s 不起作用", name=name), _("请删去它"))
    is_error = any(kind == "error" for kind, _item in node.definitions())
    if is_error and node.kind == "boundaryEvent" and node.xml.get("cancelActivity") == "false":
        yield at(node, _("错误总会中断活动"), _("请改为中断的边界事件"))


def _unknown(found: Diagram, holder: Any, child: Any, allowed: frozenset[str]) -> Iterator[Fault]:
    """Return the fault at the child, or at what holds it where the child has no id."""
    tag = tag_of(child)
    if tag and tag not in allowed:
        where = child.get("id") if holder is found.root else holder.get("id")
        text = _("%(tag)s 在这里不起作用", tag=tag)
        yield Fault(found.file, where or child.get("id", ""), text, ERROR, _("请删去它"))
