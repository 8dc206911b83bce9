"""Chinese is the source text; the English catalogue stands beside this module."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / "locales"

_language: ContextVar[str] = ContextVar("language", default="zh")


def language() -> str:
    """Return the language of this request or job: `zh` or `en`."""
    return _language.get()


def set_language(chosen: str) -> None:
    """Use a language from here on; the web calls this once for each request."""
    _language.set(chosen if chosen in LANGUAGES else "zh")


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Use a language for the length of a block."""
    token = _language.set(chosen if chosen in LANGUAGES else "zh")
    try:
        yield
    finally:
        _language.reset(token)


def gettext(text: str, **values: object) -> str:
    """Return the text in the current language, its `%(name)s` filled from `values`."""
    spoken = text if language() == "zh" else _catalogue(language()).get(text, text)
    return spoken % values if values else spoken


def chosen(chinese: str, english: str | None) -> str:
    """Pick between two texts that an analyst wrote side by side."""
    return english if english and language() == "en" else chinese


@cache
def _catalogue(name: str) -> dict[str, str]:
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}
