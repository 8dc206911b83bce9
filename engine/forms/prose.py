"""The light marking of text blocks, as plain structure: whoever draws it escapes every text.

Known: `#` headings, `-` and `1.` lists, blank lines between paragraphs, `**strong**`, `` `code` ``,
`[text](https://… or /path or #place)`. Everything else, HTML included, is text. Values are filled
in after the marking was read, so what a person typed can never become a link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.forms.formulas import evaluate, fill
from engine.forms.spelling import as_text

_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_ITEM = re.compile(r"\s*(?:[-*]|([0-9]{1,3})[.)])\s+(.*)")
_INLINE = re.compile(
    r"\{\{(?P<value>.*?)\}\}"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<text>[^\]]+)\]\((?P<target>(?:https?://|/(?!/)|#)[^\s()\\{}]*)\)",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text: `kind` is text, strong, code or link."""

    kind: str
    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is paragraph, heading, bullets or numbers; a paragraph or heading has one line."""

    kind: str
    lines: list[list[Span]]
    level: int = 0


def blocks_of(text: str, context: Mapping[str, Any]) -> list[Block]:
    """Read a marked text and fill in its values."""
    found: list[Block] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        _read_line(found, line, context)
    return [block for block in found if block.lines]


def plain(blocks: Iterable[Block]) -> str:
    """Return the words of a text without its marking."""
    lines = (line for block in blocks for line in block.lines)
    return " ".join("".join(span.text for span in line) for line in lines)


def _read_line(found: list[Block], line: str, context: Mapping[str, Any]) -> None:
    heading, item = _HEADING.fullmatch(line.strip()), _ITEM.fullmatch(line)
    if not line.strip():
        found.append(Block("paragraph", []))
    elif heading:
        spans = list(_spans(heading[2], context))
        found.extend([Block("heading", [spans], len(heading[1])), Block("paragraph", [])])
    elif item:
        _open(found, "numbers" if item[1] else "bullets").append(list(_spans(item[2], context)))
    else:
        _open(found, "paragraph").append(list(_spans(line.strip(), context)))


def _open(found: list[Block], kind: str) -> list[list[Span]]:
    """Return the lines of the block that is being read, a new one if the kind changes."""
    if not found or found[-1].kind != kind:
        found.append(Block(kind, []))
    return found[-1].lines


def _spans(text: str, context: Mapping[str, Any]) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(text):
        yield from _plain(text[at : found.start()])
        yield _span(found, context)
        at = found.end()
    yield from _plain(text[at:])


def _plain(text: str) -> Iterable[Span]:
    return [Span("text", text)] if text else []


def _span(found: re.Match[str], context: Mapping[str, Any]) -> Span:
    if found["value"] is not None:
        return Span("text", as_text(evaluate(found["value"].strip(), context)))
    if found["strong"] is not None:
        return Span("strong", fill(found["strong"], context))
    if found["code"] is not None:
        return Span("code", fill(found["code"], context))
    return Span("link", fill(found["text"], context), found["target"])
