"""One value of a code set."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.i18n import chosen


@dataclass(frozen=True, slots=True)
class Code:
    value: str
    zh: str
    en: str

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return chosen(self.zh, self.en)


def label_of(codes: Iterable[Code], value: str | None) -> str:
    """Return the label of a value, the value itself when the set does not know it."""
    return next((code.label for code in codes if code.value == value), value or "")
