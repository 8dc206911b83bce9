"""Pairs of expression and value on which `@bpmn-io/feelin` 6.1.1, the editors' engine, agrees."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import evaluate

AGREED = json.loads(
    (Path(__file__).parent / "agreed.json").read_text("utf-8"),
    parse_int=Decimal,
    parse_float=Decimal,
)


@pytest.mark.parametrize(("expression", "value"), AGREED["pairs"])
def test_the_editors_engine_agrees(expression, value):
    found = evaluate(expression, AGREED["context"])
    assert (type(found), found) == (type(value), value)
