"""Short ways to write a form document in a test."""

from typing import Any

from engine.forms import GENERIC_TYPES, Bound, Form

LABELS = {"name": "姓名", "phone": "联系电话", "born": "出生日期", "method": "领取方式"}


def component(kind: str, key: str = "", **settings: Any) -> dict[str, Any]:
    """Return a component; keyword arguments are its settings."""
    described: dict[str, Any] = {"type": kind, **settings}
    if key:
        described = {"key": key, "label": LABELS.get(key, key), **described}
    return described


def choices(*values: Any) -> list[dict[str, Any]]:
    return [{"value": value, "label": f"选项 {value}"} for value in values]


def button(outcome: str = "next", **settings: Any) -> dict[str, Any]:
    properties = {"outcome": outcome, **settings.pop("properties", {})}
    return {"type": "button", "label": "下一步", "properties": properties, **settings}


def form_of(*components: dict[str, Any], types: Any = GENERIC_TYPES) -> Form:
    buttons = [] if any(c["type"] == "button" for c in components) else [button()]
    document = {"type": "default", "id": "test", "schemaVersion": 19}
    return Form.parse({**document, "components": [*components, *buttons]}, types)


def bind(definition: dict[str, Any], posted: Any, files: Any = None, **context: Any) -> Bound:
    """Bind one component; a plain text is what was posted under its key."""
    key = definition["key"]
    values = posted if isinstance(posted, dict) else {key: posted}
    return form_of(definition).bind(context, values, files)
