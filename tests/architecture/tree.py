"""The project as the house rules read it: files below a root, Python as trees."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NOT_OURS = frozenset({"node_modules", "static", "__pycache__"})


@dataclass(frozen=True)
class Module:
    """One Python file: where it is below the root, and what it says."""

    path: str
    tree: ast.Module

    def at(self, node: ast.AST, what: str) -> str:
        """Return one line of a report."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {what}"

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Yield every module that is imported anywhere in the file, by its full name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node, node.module
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)

    def texts(self) -> Iterator[str]:
        """Yield every string that stands in the code, docstrings included."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def modules(root: Path, *places: str) -> list[Module]:
    """Return the Python files below some folders (or the files themselves), in order."""
    return [
        Module(str(path.relative_to(root)), _parsed(path, path.stat().st_mtime_ns))
        for path in files(root, "*.py", *places)
    ]


def files(root: Path, pattern: str, *places: str) -> list[Path]:
    """Return our own files below some folders, in order."""
    found = [root / place for place in places]
    return sorted(
        file
        for place in found
        for file in ([place] if place.is_file() else place.rglob(pattern))
        if not NOT_OURS & set(file.relative_to(root).parts)
    )


def require_none(violations: list[str]) -> None:
    """Fail with every violation on a line of its own, not with two lists that differ."""
    if violations:
        pytest.fail("\n".join(violations), pytrace=False)


def dotted(node: ast.AST) -> str:
    """Return the dotted name of an expression, calls read as what they call: `engine().log`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{dotted(value)}.{name}"
        case ast.Call(func=func):
            return dotted(func)
        case _:
            return ""


def is_below(path: str, *places: str) -> bool:
    """Say whether a file is one of these places or lies in one of them."""
    return any(path == place or path.startswith(f"{place}/") for place in places)


@lru_cache(maxsize=4096)
def _parsed(path: Path, _stamp: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
