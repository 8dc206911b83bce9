"""The bytes of a process: a version, then compressed rows of every running scope."""

from typing import Any

import orjson
import zstandard

from engine.bpmn.errors import StateDoesNotFit, StateUnreadable
from engine.bpmn.specs.workflow import CaseWorkflow
from engine.bpmn.state.rows import data_of, foresee, inner_scope, restore, rows_of, scopes_below
from engine.bpmn.state.values import decode, encode

VERSION = b"\x01"
LARGEST = 64 * 1024 * 1024


def dump(workflow: Any) -> bytes:
    """Return the whole state. The workflow must be settled and pruned."""
    saved = {
        "process": workflow.spec.name,
        "completed": workflow.completed,
        "through": workflow.ended_through,
        "data": encode(workflow.data),
        "rows": rows_of(workflow),
        "scopes": [
            [str(key), scope.spec.name, rows_of(scope)] for key, scope in scopes_below(workflow)
        ],
    }
    return VERSION + zstandard.ZstdCompressor(level=3).compress(orjson.dumps(saved))


def load(state: bytes, specs: dict[str, Any], engine: Any) -> CaseWorkflow:
    """Return the workflow of a saved state, bound to these specs."""
    saved = read(state)
    spec = specs.get(saved["process"])
    if spec is None:
        raise StateDoesNotFit((saved["process"],))
    workflow = CaseWorkflow(spec, specs, script_engine=engine, deserializing=True)
    restore(workflow, saved["rows"], workflow.event_manager)
    workflow.data = decode(saved["data"])
    workflow.completed = saved["completed"]
    workflow.ended_through = saved["through"]
    _restore_scopes(workflow, saved["scopes"], specs)
    for scope in (workflow, *workflow.subprocesses.values()):
        foresee(scope)
    return workflow


def known_to(state: bytes, key: str) -> dict[str, Any] | None:
    """Return what the token at one task knows, without waking the process; None if it is gone."""
    saved = read(state)
    for rows in (saved["rows"], *(rows for *_, rows in saved["scopes"])):
        found = data_of(rows, key)
        if found is not None:
            return found
    return None


def read(state: bytes) -> dict[str, Any]:
    """Return the plain form of a state, or raise `StateUnreadable`."""
    if state[:1] != VERSION:
        raise StateUnreadable("of an unknown version")
    try:
        text = zstandard.ZstdDecompressor().decompress(state[1:], max_output_size=LARGEST)
        saved: dict[str, Any] = orjson.loads(text)
    except (zstandard.ZstdError, orjson.JSONDecodeError) as cause:
        raise StateUnreadable(str(cause)) from cause
    return saved


def _restore_scopes(workflow: Any, saved: list[Any], specs: dict[str, Any]) -> None:
    tasks = dict(workflow.tasks)
    for key, name, rows in saved:
        if name not in specs:
            raise StateDoesNotFit((name,))
        inner = inner_scope(workflow, key, specs[name], tasks[key])
        restore(inner, rows, workflow.event_manager)
        tasks.update(inner.tasks)
