"""What people type, in one canonical spelling: no invisible characters, one form of each letter."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_UNWANTED = frozenset({"Cc", "Cs"})
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}


def one_line(text: str) -> str:
    """Return a text without line breaks, invisible characters and outer spaces, in NFC."""
    return _visible(_BREAKS.sub(" ", text).replace("\n", " ").replace("\t", " ")).strip()


def many_lines(text: str) -> str:
    """Return a text whose line breaks are all `\\n`, otherwise like `one_line`."""
    lines = _BREAKS.sub("\n", text).split("\n")
    return "\n".join(_visible(line.replace("\t", " ")).rstrip() for line in lines).strip()


def half_width(text: str) -> str:
    """Return a line with its full-width characters and dashes made ASCII."""
    return one_line(one_line(text).translate(_FULL_WIDTH).translate(_DASHES))


def ascii_line(text: str) -> str:
    """Return a number or code with full-width characters made ASCII and every space removed."""
    return _SPACES.sub("", half_width(text))


def _visible(text: str) -> str:
    kept = _INVISIBLE.sub("", text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in _UNWANTED and c < "\U000f0000")
    return unicodedata.normalize("NFC", kept.replace("\ufffe", "").replace("\uffff", ""))
