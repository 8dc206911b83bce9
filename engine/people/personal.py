"""Whether a text holds what looks like somebody's ID or phone number."""

import re

NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{17}[\dXx])(?![0-9A-Za-z])")
"""Eleven digits of a mobile phone, or eighteen of an ID card."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"


def holds_personal(text: str) -> bool:
    return any(len(found) == 11 or _is_id_number(found) for found in NUMBER.findall(text))


def _is_id_number(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=False))
    return CHECK_DIGITS[total % 11] == text[17].upper()
