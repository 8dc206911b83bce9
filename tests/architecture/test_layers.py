"""A package imports only what is below it, and every package has its place."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.tree import PROJECT, require_none

LINTER = Path(sys.executable).with_name("lint-imports")


def violations(root: Path) -> list[str]:
    return [*_without_a_place(root), *_broken_contracts(root)]


def _without_a_place(root: Path) -> list[str]:
    placed = {name for contract in _contracts(root) for name in contract.get("layers", ())}
    there = {path.stem for path in (root / "engine").glob("*.py")} - {"__init__"}
    there |= {path.parent.name for path in (root / "engine").glob("*/__init__.py")}
    return [
        *(f"engine/{name}: has no place among the layers" for name in sorted(there - placed)),
        *(f"pyproject.toml: the layer {name} is not there" for name in sorted(placed - there)),
    ]


def _contracts(root: Path) -> list[dict]:
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def _broken_contracts(root: Path) -> list[str]:
    done = subprocess.run(
        [LINTER, "--config", "pyproject.toml", "--no-cache", "--no-logo"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def test_a_package_imports_only_what_is_below_it():
    require_none(violations(PROJECT))
