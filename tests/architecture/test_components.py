"""A component of the domain is a class, a template and a line for analysts, all of one name."""

import ast
import re
from pathlib import Path

from engine.forms import GENERIC_TYPES
from tests.architecture.tree import PROJECT, Module, files, modules, require_none

CLASSES, TEMPLATES = "engine/declaration/components", "webapp/templates/components"
NAMED = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)


def violations(root: Path) -> list[str]:
    types = _types(root)
    drawn = {path.stem for path in files(root, "*.html", TEMPLATES)}
    told = set(NAMED.findall(_about_domain(root)))
    return [
        *_misnamed(root, types),
        *(f"{TEMPLATES}/{name}.html: is missing" for name in sorted(types - drawn)),
        *(
            f"{TEMPLATES}/{name}.html: draws a type that nobody declares"
            for name in sorted(drawn - types - GENERIC_TYPES.keys())
        ),
        *(f"forms/README.md: does not tell of {name}" for name in sorted(types - told)),
        *(f"forms/README.md: tells of {name}, which is not there" for name in sorted(told - types)),
    ]


def _types(root: Path) -> set[str]:
    return {name for module in modules(root, CLASSES) for _, name in _declared(module)}


def _declared(module: Module) -> list[tuple[ast.ClassDef, str]]:
    """Return the classes of a module that name a component type, with that name."""
    return [
        (node, line.value.value)
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
        for line in node.body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        and _target(line) == "type"
        and isinstance(line.value, ast.Constant)
    ]


def _target(line: ast.Assign | ast.AnnAssign) -> str:
    target = line.targets[0] if isinstance(line, ast.Assign) else line.target
    return target.id if isinstance(target, ast.Name) else ""


def _misnamed(root: Path, types: set[str]) -> list[str]:
    registered = (root / CLASSES / "__init__.py").read_text(encoding="utf-8")
    found = []
    for module in modules(root, CLASSES):
        for node, name in _declared(module):
            if Path(module.path).stem != name:
                found.append(module.at(node, f"{name} belongs in a module of its own name"))
            if f"{node.name}()," not in registered:
                found.append(module.at(node, f"{node.name} is not among COMPONENTS"))
    return found


def _about_domain(root: Path) -> str:
    guide = (root / "forms" / "README.md").read_text(encoding="utf-8")
    return guide.partition("Of the domain")[2]


def test_every_component_is_declared_drawn_and_told_of():
    require_none(violations(PROJECT))
