"""Which characters can be printed: a name must never come out with a box in it."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from fontTools.ttLib import TTFont

from engine.documents.fonts_kept import FONTS, faces_of

INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
UNSEEN = frozenset({"script", "style", "title"})


def check_glyphs(text: str, fonts: Path = FONTS) -> list[str]:
    """Return the characters that no font can print in every weight, each once, in order."""
    printable = _printable(fonts)
    return [c for c in dict.fromkeys(text) if ord(c) not in printable and not _is_unseen(c)]


def text_of(html: str) -> str:
    """Return what a reader of the page would see as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.seen)


@cache
def _printable(fonts: Path) -> frozenset[int]:
    weights: dict[int, set[int]] = {}
    for face in faces_of(fonts):
        weights.setdefault(face.weight, set()).update(_characters(face.path))
    return frozenset(set.intersection(*weights.values()))


def _characters(path: Path) -> Iterable[int]:
    with TTFont(path, lazy=True, fontNumber=0) as font:
        return list(font.getBestCmap())


def _is_unseen(character: str) -> bool:
    if unicodedata.category(character) in INVISIBLE:
        return True
    return any(ord(character) in variants for variants in VARIANTS)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.seen.append(data)
