"""A digest of a match's inputs: as long as it stays the same, a stored match still answers them."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from engine.declaration.matching.inputs import Inputs

VERSION = 1
"""Raised when the same inputs may be answered differently."""


def inputs_hash(inputs: Inputs) -> str:
    """Return SHA-256 of everything that the match depends on, whatever its order."""
    plan = asdict(inputs.plan)
    facts = {
        "version": VERSION,
        "plan": plan,
        "records": _sorted(asdict(record) for record in inputs.records),
        "rules": _sorted(asdict(rule) for rule in inputs.active_rules),
        "waivers": _sorted(asdict(waiver) for waiver in inputs.waivers),
        "prior_major": inputs.prior_major,
        "choices": inputs.choices.as_json,
    }
    return hashlib.sha256(_text(facts).encode()).hexdigest()


def _sorted(rows: Any) -> list[str]:
    return sorted(map(_text, rows))


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
