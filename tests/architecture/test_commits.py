"""Who may end a transaction: the web in one place, the worker, start-up and the command line."""

import ast
from pathlib import Path

from tests.architecture.tree import PROJECT, Module, dotted, is_below, modules, require_none

MAY = (
    *("webapp/database.py", "engine/db", "engine/jobs", "engine/bootstrap.py", "engine/cli"),
    "engine/housekeeping.py",  # The nightly job works in portions, each a transaction of its own.
)
APART = ("webapp/sandbox",)
"""Applications of their own, which stand for services elsewhere."""
ENDS = frozenset({"commit", "rollback"})
BEGINNERS = frozenset({"sessions", "session", "connection", "engine", "_write", "sessionmaker"})


def violations(root: Path) -> list[str]:
    return [
        module.at(call, f"begins or ends a transaction with {dotted(call.func)}")
        for module in modules(root, "engine", "webapp")
        if not is_below(module.path, *MAY, *APART)
        for call in _transactions(module)
    ]


def _transactions(module: Module) -> list[ast.Call]:
    return [call for call in module.calls() if _is_transaction(dotted(call.func).split("."))]


def _is_transaction(name: list[str]) -> bool:
    if len(name) < 2:
        return False
    receiver, method = name[-2], name[-1]
    return (
        method in ENDS
        or (method == "begin" and receiver in BEGINNERS)
        or (method in {"write", "open_write"} and receiver == "database")
    )


def test_nothing_commits_but_the_few_who_may():
    require_none(violations(PROJECT))
