"""A document from anywhere is refused with its faults, or works; it never breaks the machine."""

import contextlib
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from engine.forms import GENERIC_TYPES, Form, FormFaults, FormulaFailed

SOUND = {
    "select": {"values": [{"value": "x", "label": "X"}, {"value": "1"}]},
    "radio": {"valuesKey": "x"},
    "checklist": {"valuesExpression": "=[1, x]"},
    "expression": {"expression": "=x"},
    "table": {"dataSource": "=x", "columns": [{"key": "a"}]},
}
ODD = some.sampled_from(
    json.loads("""
    [null, true, false, 0, -1, 2.5, 1e30, "", "x", "true", "=x", "=1+", "=null", "=[1]", "={}",
     "{{x}}", "{{", "a.b", "__class__", [], [1], ["x"], {}, {"value": "x"}, [{"value": null}],
     [{"value": ["x"]}], "(((", "²", {"hide": "=x=1"}, {"hide": "=b"}, {"hide": "=a!=null"},
     "2001-02-30", "date", "=0", "="]
    """)
)
SETTINGS = some.sampled_from(
    json.loads("""
    ["key", "path", "id", "label", "dateLabel", "description", "text", "values", "valuesKey",
     "valuesExpression", "expression", "dataSource", "columns", "columnsExpression", "subtype",
     "defaultValue", "readonly", "disabled", "conditional", "validate", "properties", "type",
     "decimalDigits", "increment", "multiple", "accept", "defaultRepetitions", "components"]
    """)
)
RULES = some.sampled_from(
    json.loads("""
    ["required", "minLength", "maxLength", "min", "max", "pattern", "patternErrorMessage",
     "validationType", "route", "secret", "outcome", "validate", "style", "characters", "phone",
     "precision", "rows", "width", "add", "min_rows", "max_rows", "max_size", "label.en"]
    """)
)
KEYS = some.sampled_from(["a", "b", "c", "d.e", "a1", "b1"])


def component(kind: str, key: str, own: Any, rules: Any, properties: Any, inside: Any = ()) -> Any:
    usual = {"type": kind, "key": key, "path": key, "label": "L", **SOUND.get(kind, {})}
    sections = {"validate": rules, "properties": {"outcome": key, **properties}}
    return {**usual, **sections, "components": list(inside), **own}


def components(inside: Any = None) -> Any:
    odd_settings = some.dictionaries(SETTINGS, ODD, max_size=2)
    section = some.dictionaries(RULES, ODD, max_size=1)
    children = [some.lists(inside, max_size=2)] if inside is not None else []
    kinds = some.sampled_from(sorted(GENERIC_TYPES))
    return some.builds(component, kinds, KEYS, odd_settings, section, section, *children)


NAMES = ["a", "b", "c", "d.e", "a.0.b", "a.year", "a.month", "a.day", "b.0._row", "b1.year"]
POST = some.dictionaries(
    some.sampled_from([*NAMES, "a.discard"]),
    some.lists(some.sampled_from(["", "x", "1", "true", "2001", "²", "9" * 50]), max_size=2),
)
CONTEXT = some.sampled_from([{}, {"x": "1"}, {"x": [1]}])


@given(
    some.lists(some.recursive(components(), components, max_leaves=4), max_size=3), POST, CONTEXT
)
@settings(max_examples=200, deadline=None)
def test_any_document_is_refused_or_works(listed, post, context):
    with contextlib.suppress(FormFaults, FormulaFailed):
        form = Form.parse({"id": "f", "components": listed})
        bound = form.bind(context, post)
        form.view(context, bound.entered, bound.errors)
        form.view({}, bound.values)
