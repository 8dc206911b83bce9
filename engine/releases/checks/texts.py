"""Texts to phones: each that is sent is there, with all the values it needs."""

from collections.abc import Collection, Iterator
from typing import Any

from engine import feel
from engine.bpmn import Fault
from engine.bpmn.faults import ERROR, WARNING
from engine.bpmn.naming import ServiceUse, service_uses
from engine.i18n import gettext as _
from engine.releases.checks.bundle_reading import TEXTS, Reading

SEND, KEY = "sms.send", "text"


def faults(found: Reading) -> Iterator[Fault]:
    if found.texts is None:
        if TEXTS not in found.bundle.files and found.is_whole:
            yield Fault(TEXTS, "", _("没有短信内容"), ERROR, _("请加上这个文件"))
        return
    for key, text in found.texts.by_key.items():
        if not text.en:
            yield Fault(TEXTS, key, _("这条短信没有英文"), WARNING, _("请写上 en"))
    sent: set[str] = set()
    for use in service_uses(found.models.nodes):
        named = text_of(use)
        if named is not None:
            sent.add(named)
            yield from _sent_by_diagram(found, use, named)
    if found.is_whole:
        yield from _sent_by_product(found, sent)


def text_of(use: ServiceUse) -> str | None:
    """Return the key that a task sends; None for one that is worked out only when it runs."""
    if use.service != SEND:
        return None
    value = _constant(dict(use.parameters).get(KEY, "null"))
    return value if isinstance(value, str) else None


def _sent_by_diagram(found: Reading, use: ServiceUse, key: str) -> Iterator[Fault]:
    if found.texts is None or key not in found.texts:
        text = _("没有短信 %(key)s", key=key)
        mend = _("请改正名称，或在 sms.toml 里加上这条短信")
        yield Fault(use.file, use.element, text, ERROR, mend)
        return
    for name in _missing(found, key, use.parameter_names):
        text = _("短信 %(key)s 需要 %(name)s，这里没有给出", key=key, name=name)
        yield Fault(use.file, use.element, text, ERROR, _("请加上这个参数"))


def _sent_by_product(found: Reading, sent: Collection[str]) -> Iterator[Fault]:
    expectations = found.house.expectations
    if expectations is None or found.texts is None:
        return
    for key, given in expectations.texts.items():
        if key not in found.texts:
            text = _("缺少短信 %(key)s，系统要发送它", key=key)
            yield Fault(TEXTS, key, text, ERROR, _("请补上这条短信"))
            continue
        for name in _missing(found, key, given):
            text = _("没有谁给出 %(name)s", name=name)
            mend = _("可用的有：%(names)s", names="、".join(sorted(given)) or "—")
            yield Fault(TEXTS, key, text, ERROR, mend)
    for key in found.texts.by_key:
        if key not in sent and key not in expectations.texts:
            yield Fault(TEXTS, key, _("没有谁发送这条短信"), WARNING, _("请删去，或在流程里用上"))


def _missing(found: Reading, key: str, given: Collection[str]) -> list[str]:
    names = found.texts.by_key[key].names if found.texts else frozenset()
    return sorted(names - set(given))


def _constant(expression: str) -> Any:
    try:
        parsed = feel.parse(expression)
        return None if parsed.names() else parsed.evaluate({})
    except feel.FeelError:
        return None
