"""Every text for people is a literal, and the English catalogue has it with the same values."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.architecture.tree import PROJECT, Module, dotted, files, modules, require_none

CATALOGUE = "engine/locales/en.po"
ITSELF = "engine/i18n.py"
VALUE = re.compile(r"(?<!%)%\((\w+)\)[a-z]")
UNNAMED = re.compile(r"(?<!%)(?:%%)*%[sd]")


@dataclass(frozen=True)
class Said:
    """A text for people; `text` is None where it does not stand in the code."""

    place: str
    text: str | None


def violations(root: Path) -> list[str]:
    catalogue = _catalogue(root)
    found = list(said(root))
    texts = {one.text for one in found}
    return [
        *(fault for one in found for fault in _faults(one, catalogue)),
        *(f"{CATALOGUE}: nobody says {text!r}" for text in catalogue if text not in texts),
    ]


def said(root: Path) -> Iterator[Said]:
    """Yield every call of `_` in Python and in templates."""
    for module in modules(root, "engine", "webapp"):
        if module.path != ITSELF:
            yield from _in_python(module)
    for template in files(root, "*.html", "webapp", "engine"):
        yield from _in_template(root, template)


def _in_python(module: Module) -> Iterator[Said]:
    names = _names_of_gettext(module)
    for call in module.calls():
        if dotted(call.func) in names:
            first = call.args[0] if call.args else None
            is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
            yield Said(module.at(call, "")[:-2], first.value if is_text else None)


def _names_of_gettext(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "engine.i18n"
        for alias in node.names
        if alias.name == "gettext"
    }


def _in_template(root: Path, path: Path) -> Iterator[Said]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            first = call.args[0] if call.args else None
            place = f"{path.relative_to(root)}:{call.lineno}"
            yield Said(place, first.value if isinstance(first, nodes.Const) else None)


def _faults(one: Said, catalogue: dict[str, str]) -> Iterator[str]:
    if one.text is None:
        yield f"{one.place}: the text does not stand in the code"
        return
    english = catalogue.get(one.text)
    if not english:
        yield f"{one.place}: no English for {one.text!r}"
    elif set(VALUE.findall(english)) != set(VALUE.findall(one.text)):
        yield f"{one.place}: the values of {one.text!r} and {english!r} differ"
    if UNNAMED.search(one.text):
        yield f"{one.place}: the values of {one.text!r} have no names"


def _catalogue(root: Path) -> dict[str, str]:
    with (root / CATALOGUE).open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def test_every_text_for_people_has_english():
    require_none(violations(PROJECT))
