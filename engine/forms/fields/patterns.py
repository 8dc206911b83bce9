"""Analysts' regular expressions, on RE2: linear in the length of the text, whatever the pattern."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import re2

from engine.forms.types import Problem
from engine.i18n import gettext as _


def finds(pattern: str, text: str) -> bool:
    """Say whether the pattern occurs in the text, as it would in the form editor's preview."""
    return _compiled(pattern).search(text) is not None


def problems(definition: Mapping[str, Any]) -> list[Problem]:
    """Name what is wrong with the pattern of a component."""
    rules = definition.get("validate")
    pattern = rules.get("pattern") if isinstance(rules, Mapping) else None
    if not isinstance(pattern, str) or not pattern or pattern.startswith("="):
        return []
    try:
        _compiled(pattern)
    except re2.error as cause:
        reason = cause.args[0].decode() if isinstance(cause.args[0], bytes) else str(cause)
        return [Problem("", _("正则表达式无法使用（%(reason)s），请改写", reason=reason))]
    if pattern.startswith("^") and pattern.endswith("$"):
        return []
    advice = _("正则表达式没有用 ^ 和 $ 限定首尾，文字中任何一段符合都会通过")
    return [Problem("", advice, "warning")]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(pattern, options)
