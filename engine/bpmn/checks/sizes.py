"""How large a diagram may be. Nothing else is asked of one that is larger."""

from collections.abc import Iterator

from engine.bpmn.checks.reading import Models, at
from engine.bpmn.faults import ERROR, Fault
from engine.i18n import gettext as _

MOST_NODES = 300
MOST_FLOWS = 1_000
DEEPEST = 5


def faults(models: Models) -> Iterator[Fault]:
    for found in models.diagrams:
        nodes = sum(1 for _node in found.nodes)
        flows = sum(len(scope.flows) for scope in found.scopes)
        if nodes > MOST_NODES:
            yield _too_many(found.file, _("一个文件最多 %(most)d 个节点", most=MOST_NODES))
        if flows > MOST_FLOWS:
            yield _too_many(found.file, _("一个文件最多 %(most)d 条连线", most=MOST_FLOWS))
    for scope in models.scopes:
        if scope.depth > DEEPEST:
            text = _("子流程嵌套超过 %(most)d 层", most=DEEPEST)
            yield at(scope, text, _("请改用调用活动"))


def _too_many(file: str, text: str) -> Fault:
    return Fault(file, "", text, ERROR, _("请把一部分移到被调用的流程里"))
