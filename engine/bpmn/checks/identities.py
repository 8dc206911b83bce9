"""Ids: there, once only, not the library's own, and of one form."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import tag_of
from engine.bpmn.faults import ERROR, Fault
from engine.bpmn.model import Node, Scope
from engine.i18n import gettext as _

RESERVED = frozenset({"Start", "End", "StartEventSplit", "StartEventJoin", "Root"})
RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 80


def faults(models: Models) -> Iterator[Fault]:
    """Yield what would run wrongly, or not at all."""
    for found in models.diagrams:
        ids = Counter(
            item.get("id") for item in found.root.iter() if item.get("id") and tag_of(item)
        )
        for name, times in ids.items():
            if times > 1:
                yield Fault(found.file, name, _("编号在文件里重复"), ERROR, _("请改用不同的编号"))
    yield from _shared(_scopes(models))
    for scope in models.scopes:
        for flow in scope.flows:
            if not flow.id:
                yield at(scope, _("有一条连线没有编号"), _("请重新画这条连线"))
    for item in _named(models):
        if not item.id:
            yield at(item, _("元素没有编号"), _("请在设计器里填写编号"))
        elif item.id in RESERVED or item.id.endswith(RESERVED_ENDINGS):
            yield at(item, _("编号 %(id)s 是保留的", id=item.id), _("请换一个编号"))


def house(models: Models) -> Iterator[Fault]:
    """Yield ids that run, but that this house does not write."""
    scopes = {item.id for item in _scopes(models)}
    yield from _shared(node for node in models.nodes if node.id not in scopes)
    for item in _named(models):
        if item.id and (not SNAKE_CASE.fullmatch(item.id) or len(item.id) > LONGEST):
            yield at(
                item,
                _("编号 %(id)s 应为小写字母、数字和下划线", id=item.id[:LONGEST]),
                _("例如 review_certificates"),
            )


def _named(models: Models) -> Iterator[Node | Scope]:
    yield from models.processes.values()
    yield from models.nodes


def _scopes(models: Models) -> Iterator[Scope]:
    """Every process of every file, doubles included, and every embedded subprocess."""
    return (scope for found in models.diagrams for scope in found.scopes)


def _shared(items: Iterable[Node | Scope]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for item in items:
        other = seen.setdefault(item.id, item.file)
        if item.id and other != item.file:
            yield at(
                item,
                _("编号 %(id)s 在 %(file)s 里已经用过", id=item.id, file=other),
                _("请改用不同的编号"),
            )
