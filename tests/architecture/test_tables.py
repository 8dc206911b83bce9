"""Tables: each made by a migration, named in the house's way, personal data sealed.

That the migrations make exactly what the code declares, on both databases and column by column, is
shown by `tests/test_migrations.py`.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.architecture.tree import PROJECT, Module, dotted, modules, require_none

MIGRATIONS = "engine/db/migrations/versions"
SNAKE_CASE = re.compile(r"[a-z]+(_[a-z]+)*_?")
PERSONAL = re.compile(r"(^|_)(id_number|mobile|phone|holder|recipient|home_address|postcode|email)")
KEPT_SAFE = ("_sealed", "_index", "_at")
"""A sealed column, a keyed digest, or the time of something about it."""
INEXACT = frozenset({"float", "Decimal"})


@dataclass(frozen=True)
class Table:
    module: Module
    node: ast.ClassDef
    name: str
    columns: dict[str, str] = field(default_factory=dict)
    """The type of each column, as it is written."""


def violations(root: Path) -> list[str]:
    tables = list(declared(root))
    made = _made(root)
    return [
        *(f"{t.module.path}: no migration makes {t.name}" for t in tables if t.name not in made),
        *(
            f"{MIGRATIONS}: {name} is made and never declared"
            for name in sorted(made - {table.name for table in tables})
        ),
        *(fault for table in tables for fault in _faults(table)),
    ]


def declared(root: Path) -> Iterator[Table]:
    """Yield every table that a class of the engine declares."""
    for module in modules(root, "engine"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and (name := _table_name(node)):
                yield Table(module, node, name, dict(_columns(node)))


def _table_name(node: ast.ClassDef) -> str:
    for line in node.body:
        if isinstance(line, ast.Assign) and dotted(line.targets[0]) == "__tablename__":
            return line.value.value if isinstance(line.value, ast.Constant) else ""
    return ""


def _columns(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            yield line.target.id, ast.unparse(line.annotation)


def _made(root: Path) -> set[str]:
    """Return the tables that are there after all migrations, by what they create and drop."""
    found: set[str] = set()
    for module in modules(root, MIGRATIONS):
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == "upgrade":
                found |= _named(node, "op.create_table")
                found -= _named(node, "op.drop_table")
    return found


def _named(function: ast.FunctionDef, call: str) -> set[str]:
    return {
        node.args[0].value
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and dotted(node.func) == call
    }


def _faults(table: Table) -> Iterator[str]:
    if not SNAKE_CASE.fullmatch(table.name):
        yield table.module.at(table.node, f"{table.name} is not snake_case")
    expected = re.sub(r"(?<!^)(?=[A-Z])", "_", table.node.name).lower()
    if table.name.rstrip("_") != expected:
        yield table.module.at(table.node, f"{table.node.name} and {table.name} differ")
    for name, kind in table.columns.items():
        if PERSONAL.search(name) and not name.endswith(KEPT_SAFE):
            yield table.module.at(table.node, f"{table.name}.{name} is personal and not sealed")
        if any(word in INEXACT for word in re.findall(r"\w+", kind)):
            yield table.module.at(table.node, f"{table.name}.{name}: amounts are whole numbers")


def test_tables_are_migrated_well_named_and_sealed():
    require_none(violations(PROJECT))
