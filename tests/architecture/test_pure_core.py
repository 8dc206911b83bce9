"""FEEL, decision tables, diagrams and forms: no database, no network, no clock, no `eval`."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import PROJECT, dotted, modules, require_none

CORE = ("engine/feel", "engine/dmn", "engine/bpmn", "engine/forms")
OUTSIDE = frozenset(
    {"sqlalchemy", "alembic", "psycopg", "sqlite3", "flask", "socket", "ssl", "http", "subprocess"}
    | {"urllib.request", "requests", "httpx", "asyncio", "engine.db"}
    | {"engine.settings", "engine.clock.SystemClock"}
)
RUNS_TEXT = frozenset({"eval", "exec", "compile", "__import__"})
LOAD = "import engine.feel, engine.dmn, engine.bpmn.check, engine.forms, sys; print(*sys.modules)"


def violations(root: Path) -> list[str]:
    return [
        *(
            module.at(node, f"the pure core imports {name}")
            for module in modules(root, *CORE)
            for node, name in module.imports()
            if _is_outside(name)
        ),
        *(
            module.at(call, f"runs a text as code with {dotted(call.func)}")
            for module in modules(root, "engine", "webapp")
            for call in module.calls()
            if dotted(call.func) in RUNS_TEXT
        ),
    ]


def _is_outside(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in OUTSIDE)


def test_the_pure_core_touches_nothing_outside():
    require_none(violations(PROJECT))


def test_loading_the_pure_core_loads_no_database():
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"sqlalchemy", "engine.db", "flask"} & set(done.stdout.split()) == set()
