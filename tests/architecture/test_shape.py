"""Names say what a thing is, modules say what they are for, functions fit on a screen."""

import ast
from pathlib import Path

from tests.architecture.tree import PROJECT, Module, is_below, modules, require_none

EMPTY_WORDS = frozenset({"util", "utils", "helper", "helpers", "manager", "data", "info", "misc"})
LONGEST = 60
WRITTEN_BY_ALEMBIC = ("engine/db/migrations/versions",)


def violations(root: Path) -> list[str]:
    found = []
    for module in modules(root, "engine", "webapp", "bench"):
        if EMPTY_WORDS & set(Path(module.path).stem.split("_")):
            found.append(f"{module.path}: the name says nothing")
        if not ast.get_docstring(module.tree):
            found.append(f"{module.path}: does not say what it is for")
        if not is_below(module.path, *WRITTEN_BY_ALEMBIC):
            found += _too_long(module)
    return found


def _too_long(module: Module) -> list[str]:
    return [
        module.at(node, f"{node.name} has more than {LONGEST} lines")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST
    ]


def test_names_modules_and_functions_keep_to_the_house_style():
    require_none(violations(PROJECT))
