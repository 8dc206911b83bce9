"""What is wrong is said in whole sentences: 。 at the end in Chinese, a full stop in English."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from tests.architecture.tree import PROJECT, Module, dotted, files, modules, require_none

CATALOGUE = "engine/locales/en.po"
ROOTS = frozenset({"FieldError", "Refused"})
"""What a person is told in a page comes from these and from all that is derived from them."""
ALSO = frozenset({"missing"})
"""Functions that make such an exception of the sentence they are given."""
WRITTEN = ("error.required", "patternErrorMessage")
"""Sentences that analysts write into forms."""
ENDS = {"zh": ("。", "！", "？"), "en": (".", "!", "?")}


def violations(root: Path) -> list[str]:
    return [*_in_code(root), *_in_forms(root)]


def _in_code(root: Path) -> Iterator[str]:
    english, found = _catalogue(root), modules(root, "engine", "webapp")
    names = _kinds(found) | ALSO
    for module in found:
        for place in _said_in(module, names):
            for call in _literals(place):
                text = ast.literal_eval(call)
                yield from _faults(module.at(call, "")[:-2], text, english.get(text))


def _kinds(found: list[Module]) -> frozenset[str]:
    """Return the names of the exceptions, however far down they are derived."""
    bases = {
        node.name: {dotted(base).rpartition(".")[2] for base in node.bases}
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    }
    known = set(ROOTS)
    while more := {name for name, above in bases.items() if above & known} - known:
        known |= more
    return frozenset(known)


def _said_in(module: Module, names: frozenset[str]) -> Iterator[ast.AST]:
    """Yield what is given to the exceptions, and what is put among errors."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in names:
            yield from node.args
        elif isinstance(node, ast.Assign) and any(map(_is_error, node.targets)):
            yield node.value


def _is_error(target: ast.expr) -> bool:
    """True of `errors[…]`, `found.errors[…]` and `form.field.errors`."""
    place = target.value if isinstance(target, ast.Subscript) else target
    is_part = isinstance(target, ast.Subscript | ast.Attribute)
    return is_part and dotted(place).rpartition(".")[2] == "errors"


def _literals(place: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(place):
        if isinstance(node, ast.Call) and dotted(node.func) in ("_", "gettext") and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first


def _in_forms(root: Path) -> Iterator[str]:
    for form in files(root, "*.form", "forms"):
        place = str(form.relative_to(root))
        for holder in _objects(json.loads(form.read_text(encoding="utf-8"))):
            for name in WRITTEN:
                if name in holder:
                    yield from _faults(place, holder[name], None)
                if f"{name}.en" in holder and not holder[f"{name}.en"].endswith(ENDS["en"]):
                    yield f"{place}: no full stop after {holder[f'{name}.en']!r}"


def _objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from _objects(inner)


def _faults(place: str, text: str, english: str | None) -> Iterator[str]:
    if text and not text.endswith(ENDS["zh"]):
        yield f"{place}: no 。 after {text!r}"
    if english is not None and not english.endswith(ENDS["en"]):
        yield f"{place}: no full stop after {english!r}, which is {text!r}"


def _catalogue(root: Path) -> dict[str, str]:
    with (root / CATALOGUE).open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def test_every_refusal_ends_as_a_sentence():
    require_none(violations(PROJECT))
