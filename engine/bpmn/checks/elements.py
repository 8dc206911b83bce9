"""Elements that the engine does not run, or that it would silently ignore."""

from collections.abc import Iterator
from typing import Any

from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import bpmn, tag_of
from engine.bpmn.faults import ERROR, WARNING, Fault
from engine.bpmn.model import NODES, SCOPES, Diagram, Node, Scope
from engine.bpmn.naming import timer_of
from engine.i18n import gettext as _

DRAWN_ONLY = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "laneSet", "sequenceFlow"}
    | {"textAnnotation", "association", "group"}
)
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
DATA_LINKS = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation")
REPEATED = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
SCRIPTS = ("preScript", "postScript")
HOMES = SCOPES | {"process"}

REFUSED = frozenset(
    {"scriptTask", "inclusiveGateway", "complexGateway", "transaction", "adHocSubProcess"}
)
EVENTS = {
    "startEvent": frozenset[str](),
    "endEvent": frozenset({"terminate", "error"}),
    "intermediateCatchEvent": frozenset({"timer", "message"}),
    "boundaryEvent": frozenset({"timer", "message", "error"}),
    "intermediateThrowEvent": frozenset[str](),
}


def faults(models: Models) -> Iterator[Fault]:
    for found in models.diagrams:
        if not found.processes:
            yield Fault(found.file, "", _("文件里没有流程"), ERROR, _("请画一个流程再保存"))
        yield from _misplaced(found)
    for scope in models.scopes:
        yield from _of_scope(scope)
        for node in scope.nodes:
            yield from _of_node(node)


def house(models: Models) -> Iterator[Fault]:
    """Yield what runs, but says nothing to anybody."""
    for node in models.nodes:
        if node.kind in {"task", "manualTask"}:
            yield at(node, _("任务没有类型，没有人办理"), _("请改为用户任务或服务任务"))
    for found in models.diagrams:
        for child in found.root.iter(*map(bpmn, DATA)):
            text = _("数据对象只是图示，运行时不起作用")
            mend = _("请用表达式读取数据")
            yield Fault(found.file, child.get("id", ""), text, WARNING, mend)


def _misplaced(found: Diagram) -> Iterator[Fault]:
    """The library finds these at any depth; they mean something in a process only."""
    for child in found.root.iter():
        tag = tag_of(child)
        if tag in NODES | {"sequenceFlow"} and tag_of(child.getparent()) not in HOMES:
            yield _loose(found, child)
        if tag in {"process", "message", "error"} and child.getparent() is not found.root:
            yield _loose(found, child)


def _loose(found: Diagram, child: Any) -> Fault:
    text = _("%(tag)s 不在它该在的位置", tag=tag_of(child))
    return Fault(found.file, child.get("id", ""), text, ERROR, _("请在设计器里删去它，重新画"))


def _of_scope(scope: Scope) -> Iterator[Fault]:
    for child in scope.xml:
        tag = tag_of(child)
        of_the_node = scope.parent is not None and tag in (*DATA_LINKS, *REPEATED)
        if tag and tag not in NODES | DRAWN_ONLY | DATA and not of_the_node:
            yield Fault(
                scope.file,
                child.get("id", scope.id),
                _("不支持的元素 %(tag)s", tag=tag),
                ERROR,
                _("请删去它，或用支持的元素代替"),
            )


def _of_node(node: Node) -> Iterator[Fault]:
    yield from _of_kind(node)
    yield from _of_details(node)
    if node.kind in EVENTS:
        yield from _of_event(node)


def _of_kind(node: Node) -> Iterator[Fault]:
    if node.kind in REFUSED:
        yield at(node, _("不支持的元素 %(tag)s", tag=node.kind), _mend_of(node.kind))
    if node.xml.get("triggeredByEvent") == "true":
        yield at(node, _("不支持事件子流程"), _("请改用边界事件"))
    if node.xml.get("isForCompensation") == "true":
        yield at(node, _("不支持补偿"), _("请用服务任务撤销已做的事"))


def _mend_of(kind: str) -> str:
    return {
        "scriptTask": _("请改为服务任务"),
        "inclusiveGateway": _("请改用排他网关或并行网关"),
        "complexGateway": _("请改用排他网关或并行网关"),
        "transaction": _("请改用普通子流程"),
        "adHocSubProcess": _("请改用普通子流程"),
    }[kind]


def _of_details(node: Node) -> Iterator[Fault]:
    tags = {tag_of(child) for child in node.xml}
    if tags & set(REPEATED):
        yield at(node, _("不支持循环标记和多实例"), _("请用网关画出循环"))
    if tags & set(DATA_LINKS):
        yield at(node, _("数据关联在运行时不起作用"), _("请删去数据关联，用表达式读取数据"))
    if any(node.extensions(name) for name in SCRIPTS):
        yield at(node, _("不允许前置或后置脚本"), _("请改为服务任务"))


def _of_event(node: Node) -> Iterator[Fault]:
    kinds = [kind for kind, _item in node.definitions()]
    for kind in kinds:
        if kind not in EVENTS[node.kind]:
            yield at(
                node,
                _("这个位置不支持 %(kind)s 事件", kind=kind),
                _("可用的有：定时、消息、错误边界事件；终止、错误结束事件"),
            )
    every = [item for item in node.xml.iter() if tag_of(item).endswith("EventDefinition")]
    if len(every) > 1:
        yield at(node, _("一个事件只能有一个定义"), _("请拆成几个事件"))
    if not kinds and node.kind in {"intermediateCatchEvent", "boundaryEvent"}:
        yield at(node, _("事件没有定义等什么"), _("请设为定时或消息事件"))
    timer = timer_of(node)
    if timer is not None and timer[0] == "timeCycle":
        yield at(node, _("不支持周期定时"), _("请用日期或时长，并在流程里画出循环"))
    elif timer is not None and not timer[1]:
        yield at(node, _("定时事件没有日期或时长"), _("请填写表达式"))
