"""The components of a form as a tree, each with its type and the name it is posted under."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms.types import FieldType, Problem
from engine.i18n import gettext as _

MOST_COMPONENTS = 200
DEEPEST = 5
REFUSED = frozenset({"html", "iframe", "image", "documentPreview"})
RESERVED = frozenset({"action", "csrf_token", "outcome", "submission", "version"})
"""Names that the page posts beside its fields."""
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}(\.[A-Za-z][A-Za-z0-9_]{0,63})*")


@dataclass(frozen=True, slots=True)
class FormComponent:
    """One component. `name` is its place in the answers of the form, or of the row it stands in;
    `number` tells it from every other component of the form."""

    definition: Mapping[str, Any]
    type: FieldType
    name: str
    number: int = 0
    children: tuple["FormComponent", ...] = ()

    @property
    def key(self) -> str:
        return str(self.definition.get("key") or self.definition.get("path") or "")

    @property
    def title(self) -> str:
        """Return what a fault report calls this component."""
        return self.key or str(self.definition.get("id") or self.type.type)

    @property
    def is_domain(self) -> bool:
        """True when the component owns everything below its key, as those of the domain do."""
        return self.type.parts is None

    def walk(self) -> Iterator["FormComponent"]:
        yield self
        for child in self.children:
            yield from child.walk()


def walk(components: Iterable[FormComponent]) -> Iterator[FormComponent]:
    """Yield every component, outer ones first, in the order of the form."""
    for component in components:
        yield from component.walk()


def in_form(components: Iterable[FormComponent]) -> Iterator[FormComponent]:
    """Yield the components of the form itself: groups are entered, rows are not."""
    for component in components:
        yield component
        if component.type.holds == "group":
            yield from in_form(component.children)


class TreeBuilder:
    """Builds the tree and notes what cannot be built."""

    def __init__(self, types: Mapping[str, FieldType]) -> None:
        self._types = types
        self._count = 0
        self.problems: list[Problem] = []

    def build(
        self, definitions: Iterable[Any], path: str = "", depth: int = 1, in_row: bool = False
    ) -> tuple[FormComponent, ...]:
        found = (self._component(d, path, depth, in_row) for d in definitions)
        return tuple(component for component in found if component)

    def _component(
        self, definition: Any, path: str, depth: int, in_row: bool
    ) -> FormComponent | None:
        kind = self._type_of(definition)
        if kind is None or not self._within_limits(definition, depth):
            return None
        if kind.holds == "rows":
            return self._list(kind, definition, path, depth, in_row)
        if kind.holds == "group":
            inside = _joined(path, definition.get("path"))
            self._check_path(definition, definition.get("path"))
            number = self._count
            children = self.build(_children(definition), inside, depth + 1, in_row)
            return FormComponent(definition, kind, inside, number, children)
        if kind.takes_value:
            self._check_key(definition)
        return FormComponent(definition, kind, _joined(path, definition.get("key")), self._count)

    def _list(
        self,
        kind: FieldType,
        definition: Mapping[str, Any],
        path: str,
        depth: int,
        in_row: bool,
    ) -> FormComponent | None:
        if in_row:
            self._note(definition, _("列表里不能再放列表"))
            return None
        own = definition.get("path") or definition.get("key")
        if not own:
            self._note(definition, _("列表没有路径：请填写 path"))
        self._check_path(definition, own)
        number = self._count
        rows = self.build(_children(definition), "", depth + 1, in_row=True)
        return FormComponent(definition, kind, _joined(path, own), number, rows)

    def _type_of(self, definition: Any) -> FieldType | None:
        if not isinstance(definition, Mapping):
            self.problems.append(Problem("", _("components 里有一项不是组件")))
            return None
        name = str(definition.get("type"))
        if name in REFUSED:
            self._note(definition, _("不允许使用组件“%(name)s”，文字说明请改用 text", name=name))
            return None
        if name not in self._types:
            self._note(definition, _("没有组件类型“%(name)s”", name=name))
            return None
        return self._types[name]

    def _within_limits(self, definition: Mapping[str, Any], depth: int) -> bool:
        self._count += 1
        if self._count == MOST_COMPONENTS + 1:
            self._note(definition, _("组件太多，最多 %(n)s 个", n=MOST_COMPONENTS))
        if depth == DEEPEST + 1:
            self._note(definition, _("嵌套太深，最多 %(n)s 层", n=DEEPEST))
        return self._count <= MOST_COMPONENTS and depth <= DEEPEST

    def _check_key(self, definition: Mapping[str, Any]) -> None:
        if not definition.get("key"):
            self._note(definition, _("没有键：请填写 key"))
        else:
            self._check_path(definition, definition["key"])

    def _check_path(self, definition: Mapping[str, Any], name: Any) -> None:
        if name and not (isinstance(name, str) and _NAME.fullmatch(name)):
            text = _("“%(name)s”不能作键：只用字母、数字和下划线，以字母开头", name=name)
            self._note(definition, text)
        elif isinstance(name, str) and name in RESERVED:
            self._note(definition, _("“%(name)s”是页面自己要用的名字，请换一个键", name=name))

    def _note(self, definition: Mapping[str, Any], text: str) -> None:
        where = definition.get("key") or definition.get("path") or definition.get("id") or ""
        self.problems.append(Problem(str(where), text))


def _joined(path: str, name: Any) -> str:
    return ".".join(part for part in (path, str(name or "")) if part)


def _children(definition: Mapping[str, Any]) -> list[Any]:
    found = definition.get("components")
    return found if isinstance(found, list) else []
