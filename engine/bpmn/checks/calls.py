"""Calls of other processes: there to be called, and never back to where they came from."""

from collections.abc import Iterator

from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import Fault
from engine.bpmn.model import CALLS, Node
from engine.i18n import gettext as _


def faults(models: Models) -> Iterator[Fault]:
    processes = models.processes
    calls = [node for node in models.nodes if node.kind in CALLS]
    for call in calls:
        called = called_by(call)
        if not called:
            yield at(call, _("调用活动没有写明调用哪个流程"), _("请填写被调用流程的编号"))
        elif called not in processes:
            yield at(
                call,
                _("没有流程 %(process)s", process=called),
                _("请改正编号，或加上这个流程"),
            )
        elif len(processes[called].of_kind("startEvent")) > 1:
            yield at(
                call,
                _("被调用的流程 %(process)s 有几个开始事件", process=called),
                _("请只留一个，或拆成几个流程"),
            )
    yield from _recursion(calls)


def house(models: Models) -> Iterator[Fault]:
    """Yield outputs of a call that nobody in the called process writes."""
    written: dict[str, set[str]] = {}
    for node in models.nodes:
        written.setdefault(node.process, set()).add(node.id)
    for call in models.nodes:
        called = called_by(call) if call.kind in CALLS else ""
        for output in call.properties.get("outputs", "").split() if called in written else ():
            if output.partition(".")[0] not in written[called]:
                text = _("流程 %(process)s 里没有 %(output)s", process=called, output=output)
                yield at(call, text, _("请改正属性 outputs，例如 create_order.number"))


def called_by(call: Node) -> str:
    return str(call.xml.get("calledElement", ""))


def _recursion(calls: list[Node]) -> Iterator[Fault]:
    """Peel off calls of processes that call nothing more; what is left goes round in a circle."""
    left = list(calls)
    while True:
        callers = {call.process for call in left}
        still = [call for call in left if called_by(call) in callers]
        if len(still) == len(left):
            break
        left = still
    for call in left:
        yield at(
            call,
            _("流程直接或间接地调用了自己"),
            _("请用循环代替"),
        )
