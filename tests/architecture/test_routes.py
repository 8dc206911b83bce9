"""Every address has a rule of access above its view, and is written in kebab-case."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.tree import PROJECT, Module, dotted, is_below, modules, require_none

METHODS = frozenset({"route", "get", "post", "put", "patch", "delete"})
APART = ("webapp/sandbox",)
"""Applications of their own; they answer this machine only and hold nothing of the product."""
WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PART = re.compile(r"<(?:(?P<type>[a-z]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>(?P<suffix>(\.[a-z]+)?)")
PLAIN_TEXTS = frozenset({"key", "action", "code", "name", "path", "element", "file"})
"""Parts that are texts by nature: a component's key, a verification code, a file of a bundle."""


@dataclass(frozen=True)
class Route:
    module: Module
    view: ast.FunctionDef
    address: str
    place: int
    """Among the decorators of the view, counted from the top."""


def violations(root: Path) -> list[str]:
    rules = _rules(root)
    found = []
    for route in routes(root):
        below = [dotted(d) for d in route.view.decorator_list[route.place + 1 :]]
        if not rules & {name.split(".")[-1] for name in below}:
            found.append(route.module.at(route.view, f"nobody says who may call {route.address}"))
        found += [route.module.at(route.view, fault) for fault in _misspelt(route.address)]
    return found + _hidden(root)


def routes(root: Path) -> Iterator[Route]:
    """Yield every address that a decorator gives to a view, with the prefix of its blueprint."""
    for module in _modules(root):
        prefixes = _prefixes(module)
        for view in ast.walk(module.tree):
            if not isinstance(view, ast.FunctionDef):
                continue
            for place, decorator in enumerate(view.decorator_list):
                address = _address(decorator)
                if address is not None:
                    owner = dotted(decorator).split(".")[0]
                    yield Route(module, view, prefixes.get(owner, "") + address, place)


def _modules(root: Path) -> list[Module]:
    return [m for m in modules(root, "webapp") if not is_below(m.path, *APART)]


def _rules(root: Path) -> set[str]:
    """Return the names of the decorators that `webapp/access.py` offers."""
    (access,) = modules(root, "webapp/access.py")
    return {
        node.name
        for node in access.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def _prefixes(module: Module) -> dict[str, str]:
    found = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and dotted(node.value).split(".")[-1] == "Blueprint":
            prefix = next((k.value.value for k in node.value.keywords if k.arg == "url_prefix"), "")
            found |= {dotted(target): prefix for target in node.targets}
    return found


def _address(decorator: ast.expr) -> str | None:
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return None
    first = decorator.args[0] if decorator.args else None
    is_route = decorator.func.attr in METHODS and isinstance(first, ast.Constant)
    return first.value if is_route else None


def _misspelt(address: str) -> Iterator[str]:
    for segment in filter(None, address.split("/")):
        part = PART.fullmatch(segment)
        if part is None and not WORD.fullmatch(segment):
            yield f"{address}: {segment} is not kebab-case"
        elif part and not part["type"] and part["name"] not in PLAIN_TEXTS:
            yield f"{address}: <{part['name']}> has no type"


def _hidden(root: Path) -> list[str]:
    """Name routes that are made without a decorator: this page could not read them."""
    return [
        module.at(call, "gives a view its address without a decorator")
        for module in _modules(root)
        for call in module.calls()
        if dotted(call.func).split(".")[-1] == "add_url_rule"
    ]


def test_every_view_says_who_may_call_it():
    require_none(violations(PROJECT))
