"""A form document as it is stored: JSON of form-js, read strictly and within limits."""

from collections.abc import Mapping
from typing import Any

import orjson

from engine.forms.types import Problem
from engine.i18n import gettext as _

NEWEST_SCHEMA = 19
MOST_BYTES = 500_000


class FormFaults(Exception):
    """The form document cannot be used; `problems` names every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("；".join(f"{p.component}: {p.text}" for p in problems))


def read(document: bytes | Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document, or raise `FormFaults` when it is no form at all."""
    found = _parsed(document) if isinstance(document, bytes) else document
    if not isinstance(found, Mapping) or not isinstance(found.get("components"), list):
        raise FormFaults([Problem("", _("这不是表单文件：缺少 components 列表"))])
    if found.get("type", "default") != "default":
        raise FormFaults([Problem("", _("这不是表单文件：type 应当是 default"))])
    if not isinstance(found.get("id"), str) or not found["id"]:
        raise FormFaults([Problem("", _("表单没有 id"))])
    return found


def problems_of(document: Mapping[str, Any]) -> list[Problem]:
    """Name what is unusual about the document as a whole."""
    version = document.get("schemaVersion", NEWEST_SCHEMA)
    if isinstance(version, int) and version <= NEWEST_SCHEMA:
        return []
    advice = _("schemaVersion 应当不大于 %(n)s，请用配套的表单编辑器保存", n=NEWEST_SCHEMA)
    return [Problem("", advice, "warning")]


def _parsed(document: bytes) -> Any:
    if len(document) > MOST_BYTES:
        raise FormFaults([Problem("", _("表单文件太大，最大 %(n)s KB", n=MOST_BYTES // 1000))])
    try:
        return orjson.loads(document)
    except orjson.JSONDecodeError as cause:
        place = {"line": cause.lineno, "column": cause.colno}
        text = _("不是有效的 JSON：第 %(line)s 行第 %(column)s 列", **place)
        raise FormFaults([Problem("", text)]) from cause
