"""The log says what happened as a phrase, and facts under names that hold nothing personal."""

import ast
from pathlib import Path

from tests.architecture.tree import PROJECT, Module, dotted, is_below, modules, require_none

LEVELS = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
FACTS = frozenset(
    {"at", "case_id", "day", "element", "error", "exc_info", "incident", "job", "kind", "limit"}
    | {"missing", "number", "outcome", "path", "provider", "reason", "refund", "release", "size"}
    | {"status", "tries", "unheard", "workflow"}
)
"""What a line of the log may carry; a new name is added here with a thought for who reads it."""
SPEAK = ("engine/cli", "webapp/sandbox", "webapp/frontend")
"""What is started by hand and prints for whoever started it."""


def violations(root: Path) -> list[str]:
    found = []
    for module in modules(root, "engine", "webapp"):
        for call in module.calls():
            if dotted(call.func) == "print" and not is_below(module.path, *SPEAK):
                found.append(module.at(call, "prints"))
            if _is_log(module, call.func):
                found += _faults(module, call)
    return found


def _is_log(module: Module, func: ast.expr) -> bool:
    name = dotted(func).split(".")
    return (len(name) > 1 and name[-2] in {"log", "logger"} and name[-1] in LEVELS) or (
        len(name) == 1 and name[0] in _aliases(module)
    )


def _aliases(module: Module) -> set[str]:
    """Return the names that stand for a method of the log (`level = log.error if … else …`)."""
    return {
        target.id
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assign) and _names_a_level(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _names_a_level(value: ast.expr) -> bool:
    parts = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return any(dotted(part) in {f"log.{level}" for level in LEVELS} for part in parts)


def _faults(module: Module, call: ast.Call) -> list[str]:
    phrase = call.args[0] if call.args else None
    found = []
    if not (isinstance(phrase, ast.Constant) and isinstance(phrase.value, str)):
        found.append(module.at(call, "a line of the log is a phrase that stands in the code"))
    if len(call.args) > 1:
        found.append(module.at(call, "facts go into the log by name"))
    return found + [
        module.at(call, f"{keyword.arg} is no fact that the log may carry")
        for keyword in call.keywords
        if keyword.arg not in FACTS
    ]


def test_the_log_carries_no_personal_data():
    require_none(violations(PROJECT))
