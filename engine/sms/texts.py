"""The bodies of texts, as analysts keep them in `sms.toml`: a key, its Chinese and its English.

`{name}` is filled from the values given; nothing else in braces means anything.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from engine.i18n import gettext as _

PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,40})\}")
LONGEST_TEXT, LONGEST_VALUE = 500, 100


class TextsUnusable(ValueError):
    """What is wrong with the texts, as `(key, sentence)`; the key `""` is the file itself."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {text}" if key else text for key, text in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; the English may be missing."""

    zh: str
    en: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The values that fill it."""
        return frozenset(PLACE.findall(self.zh)) | frozenset(PLACE.findall(self.en))


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of a release, by key."""

    by_key: Mapping[str, Text]

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Read `sms.toml`; `TextsUnusable` names everything that is wrong with it."""
        try:
            document = tomllib.loads(content.decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise TextsUnusable([("", _("不是 TOML 文件：%(why)s", why=fault))]) from fault
        problems = list(_problems(document))
        if problems:
            raise TextsUnusable(problems)
        return cls({key: Text(t["zh"], t.get("en", "")) for key, t in document.items()})

    def __contains__(self, key: str) -> bool:
        return key in self.by_key

    def body(self, key: str, values: Mapping[str, str], language: str = "zh") -> str:
        """Return what the phone shows; `KeyError` for a text or a value that is not there."""
        text = self.by_key[key]
        pattern = text.en if language == "en" and text.en else text.zh
        return PLACE.sub(lambda place: _one_line(values[place[1]]), pattern)


def _problems(document: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, text in document.items():
        if not isinstance(text, dict):
            yield key, _("请写成一个表：[键]，下面写 zh = 和 en =")
        elif not isinstance(text.get("zh"), str) or not text["zh"].strip():
            yield key, _("缺少中文（zh）")
        else:
            yield from _problems_of(key, text)


def _problems_of(key: str, text: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in text.items():
        if name not in {"zh", "en"}:
            yield key, _("不认识 %(name)s，只有 zh 和 en", name=name)
        elif not isinstance(value, str) or len(value) > LONGEST_TEXT:
            yield key, _("%(name)s 应当是不超过 %(n)s 个字的文本", name=name, n=LONGEST_TEXT)
        elif "{" in PLACE.sub("", value) or "}" in PLACE.sub("", value):
            yield key, _("%(name)s 里有花括号，但不是 {code} 这样的名称", name=name)


def _one_line(value: str) -> str:
    """Take out line breaks and control signs, and cut what is too long for a text."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in value)
    return plain[:LONGEST_VALUE]
