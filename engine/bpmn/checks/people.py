"""What people meet: roles, forms, the names they read in both languages."""

from collections.abc import Collection, Iterator, Mapping

from engine.bpmn.checks.deadlines import ACKNOWLEDGED
from engine.bpmn.checks.reading import Models, at
from engine.bpmn.documents import bpmn
from engine.bpmn.faults import WARNING, Fault
from engine.bpmn.model import CALLS, Node, lanes_of
from engine.bpmn.naming import message_references
from engine.i18n import gettext as _

ONLY_ON = {
    "form": frozenset({"userTask"}),
    "due": frozenset({"userTask"}),
    "not_same_person_as": frozenset({"userTask"}),
    "outputs": CALLS,
}
KNOWN = frozenset({"form", "name.en", "not_same_person_as", "due", "outputs", "offer"}) | {
    ACKNOWLEDGED
}


def faults(
    models: Models, forms: Mapping[str, Collection[str]], roles: Collection[str]
) -> Iterator[Fault]:
    elements = {node.id for node in models.nodes}
    yield from _lanes(models, roles)
    for node in models.nodes:
        properties = node.properties
        if node.kind == "userTask":
            yield from _form(node, properties.get("form", ""), forms)
            yield from _lane(node)
        yield from _second_person(node, properties.get("not_same_person_as"), elements)
        yield from _offer(node, properties.get("offer"), roles)


def doubts(models: Models) -> Iterator[Fault]:
    """Yield what people would miss, and properties that nobody reads."""
    for node in models.nodes:
        properties = node.properties
        is_read = node.kind == "userTask" or "offer" in properties
        if is_read and not node.name.strip():
            yield at(node, _("没有名称"), _("请填写给人看的中文名称"), WARNING)
        if is_read and not properties.get("name.en", "").strip():
            yield at(node, _("没有英文名称"), _("请填写属性 name.en"), WARNING)
        for name in sorted(properties.keys() - KNOWN):
            text = _("不认识的属性 %(name)s", name=name)
            yield at(node, text, _("请改正或删去"), WARNING)
        for name, kinds in ONLY_ON.items():
            if name in properties and node.kind not in kinds:
                text = _("属性 %(name)s 在这里不起作用", name=name)
                yield at(node, text, _("请删去它"), WARNING)


def _lanes(models: Models, roles: Collection[str]) -> Iterator[Fault]:
    for found in models.diagrams:
        nodes = {node.id for node in found.nodes}
        for lane in found.root.iter(bpmn("lane")):
            name = lane.get("id", "")
            if name not in roles:
                text = _("泳道 %(lane)s 不是系统里的角色", lane=name)
                mend = _("泳道编号请用角色名：%(roles)s", roles="、".join(sorted(roles)))
                yield Fault(found.file, name, text, mend=mend)
        for reference in found.root.iter(bpmn("flowNodeRef")):
            if (reference.text or "").strip() not in nodes:
                text = _("泳道里列出了不存在的元素")
                element = (reference.text or "").strip()
                yield Fault(found.file, element, text, WARNING, _("请重新保存图"))
        drawn = lanes_of(found.root)
        for node in found.nodes:
            if drawn.get(node.id, node.lane) != node.lane:
                text = _("子流程在泳道 %(lane)s 里，里面的元素都归它", lane=node.lane)
                yield at(node, text, _("请改为调用活动，或移出这个子流程"))


def _form(node: Node, form: str, forms: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    if not form:
        yield at(node, _("用户任务没有表单"), _("请填写属性 form"))
    elif form not in forms:
        text = _("没有表单 %(form)s", form=form)
        yield at(node, text, _("请改正名称，或加上这个表单"))


def _lane(node: Node) -> Iterator[Fault]:
    if node.lane is None:
        yield at(node, _("用户任务不在任何泳道里，没有人能办理"), _("请放进一个角色的泳道"))


def _second_person(node: Node, other: str | None, elements: Collection[str]) -> Iterator[Fault]:
    if other is not None and other not in elements:
        text = _("not_same_person_as 指向不存在的任务 %(other)s", other=other)
        yield at(node, text, _("请填写另一个用户任务的编号"))


def _offer(node: Node, role: str | None, roles: Collection[str]) -> Iterator[Fault]:
    if role is None:
        return
    if role not in roles:
        text = _("没有角色 %(role)s", role=role)
        yield at(node, text, _("可用的角色：%(roles)s", roles="、".join(sorted(roles))))
    if not message_references(node):
        yield at(node, _("只有消息事件才能提供按钮"), _("请删去属性 offer"))
