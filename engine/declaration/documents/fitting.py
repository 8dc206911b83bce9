"""The largest letters in which a text fits its box: paper has no scroll bar."""

import math

SIZES = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""Points, the largest first; 5 is the smallest that can be read."""
USUAL = 10.5
READABLE = 8.0
POINT = 25.4 / 72
LEADING = 1.3
NARROW = 0.62
"""How wide a Latin letter is, beside a Chinese one."""


def fitted(text: str, width: float, height: float, largest: float = USUAL) -> float:
    """Return the size in points for a box measured in millimetres."""
    sizes = [size for size in SIZES if size <= largest]
    return next((size for size in sizes if _fits(text, width, height, size)), SIZES[-1])


def flowed(text: str, width: float, height: float) -> str:
    """Return the text with its own lines, or run together where they would not fit a box."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept = "\n".join(lines)
    return kept if _fits(kept, width, height, READABLE) else "　".join(lines)


def style_name(size: float) -> str:
    """Return the name of the style for a size: `pt-85` for 8.5 points."""
    return f"pt-{size * 10:g}"


def _fits(text: str, width: float, height: float, size: float) -> bool:
    letter = size * POINT
    lines = sum(_lines(paragraph, width / letter) for paragraph in text.split("\n"))
    return lines * letter * LEADING <= height


def _lines(paragraph: str, letters: float) -> int:
    """Count the lines; where there are several, punctuation may push a letter to the next."""
    needed = sum(NARROW if ord(letter) < 0x250 else 1.0 for letter in paragraph)
    if needed <= letters:
        return 1
    return math.ceil(needed / max(1.0, math.floor(letters) - 0.5))
