"""Personal data as it may be shown before someone gives a reason to see all of it."""

from collections.abc import Callable

STAR = "*"


def mask_mobile(mobile: str) -> str:
    """`13800138000` becomes `138****8000`."""
    return _middle(mobile, 3, 4)


def mask_id_number(id_number: str) -> str:
    """`11010519491231002X` becomes `110105********002X`."""
    return _middle(id_number, 6, 4) if len(id_number) == 18 else _middle(id_number, 6, 3)


def mask_name(name: str) -> str:
    """`张三丰` becomes `张**`, `阿凡提·买买提` becomes `阿******`."""
    return name[:1] + STAR * (len(name) - 1) if len(name) > 1 else STAR * len(name)


def masked(value: str | None, mask: Callable[[str], str]) -> str:
    """Mask what is there; nothing stays nothing."""
    return mask(value) if value else ""


def _middle(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return STAR * len(text)
    return text[:head] + STAR * (len(text) - head - tail) + text[-tail:]
