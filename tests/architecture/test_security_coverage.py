"""`docs/security-coverage.md` answers for every line of the catalogue, with tests that exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PROJECT, modules, require_none

PAGE = "docs/security-coverage.md"
OPEN = "open"
ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<case>[^|]+) \| (?P<shown>[^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(?P<file>tests/[\w/]+\.py)::(?P<name>(\w+::)?test_\w+)`")
NUMBERS = (
    "1 2 4 5 6 8 9 10 12 13 14 16 17 18 20 21 22 24 25 26 28 29 30 32 33 34 36 37 38 40 "
    "41 42 44 45 46 48 49 50 52 53 54 56 57 58 60 61 62 64 65 66 68 69 70 72 73 74 76 77 "
    "78 80 81 82 84 85 86 88 89 90 92 93 94 96 97 98 100 101 102 104 105 106 108 109 110 "
    "112 113 114 116 117 118 120"
)
"""The numbers of the catalogue, from registration to uploads; they have gaps on purpose."""
LINES = frozenset(int(number) for number in NUMBERS.split())


def violations(root: Path) -> list[str]:
    rows = list(ROW.finditer((root / PAGE).read_text(encoding="utf-8")))
    told = [int(row["number"]) for row in rows]
    return [
        *(f"{PAGE}: line {number} is missing" for number in sorted(LINES - set(told))),
        *(f"{PAGE}: line {number} is there twice" for number in told if told.count(number) > 1),
        *(fault for row in rows for fault in _faults(root, row)),
    ]


def _faults(root: Path, row: re.Match[str]) -> Iterator[str]:
    named = list(TEST.finditer(row["shown"]))
    if not named and not row["shown"].startswith(OPEN):
        yield f"{PAGE}: line {row['number']} names no test and is not open"
    for test in named:
        if test["name"] not in _tests_in(root, test["file"]):
            yield f"{PAGE}: line {row['number']}: there is no {test['file']}::{test['name']}"


def _tests_in(root: Path, file: str) -> set[str]:
    """Return the tests of a file, those in a class with its name before theirs."""
    if not (root / file).exists():
        return set()
    (module,) = modules(root, file)
    found = {_name_of(node) for node in module.tree.body}
    for group in module.tree.body:
        if isinstance(group, ast.ClassDef):
            found |= {f"{group.name}::{_name_of(node)}" for node in group.body}
    return found


def _name_of(node: ast.stmt) -> str:
    return node.name if isinstance(node, ast.FunctionDef) else ""


def test_every_line_of_the_catalogue_is_answered_for():
    require_none(violations(PROJECT))
