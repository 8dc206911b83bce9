"""How much of a password is left once everything a guesser tries first is taken out of it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ENOUGH = 4
"""So many different signs must be left."""

BLOCKLIST = Path(__file__).with_name("blocklist.txt")

RUNS = ("0123456789" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-./年]?(?:0[1-9]|1[0-2]|[1-9])[-./月]?(?:0[1-9]|[12][0-9]|3[01])日?)?"
)
REPEATED = re.compile(r"(.{1,4}?)\1{2,}")
LEET = str.maketrans("013457@$!", "oieastasi")


def is_guessable(password: str, own: Iterable[str] = ()) -> bool:
    """Tell whether hardly anything is left beside words, dates, runs and the person's own facts."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return len(set(_rest(plain, own))) < ENOUGH


def holds_own(password: str, own: Iterable[str]) -> bool:
    """Tell whether the password holds a number or name of the person, or six signs of a number."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return any(part in plain for part in _own_parts(own))


def _rest(plain: str, own: Iterable[str]) -> str:
    rest = plain
    for part in sorted(_own_parts(own), key=len, reverse=True):
        rest = rest.replace(part, " ")
    rest = _without_words(DATE.sub(" ", rest))
    rest = REPEATED.sub(" ", rest)
    for run in _runs():
        rest = rest.replace(run, " ")
    return re.sub(r"[\s\W_]+", "", rest)


def _without_words(text: str) -> str:
    """Take words out, also where a digit stands for a letter (`p4ssw0rd`)."""
    rest = text
    for word in _longest_first():
        # The mapping is one sign for one sign, so positions agree.
        plain = rest.translate(LEET)
        at = max(rest.find(word), plain.find(word))
        while at >= 0:
            rest = rest[:at] + " " * len(word) + rest[at + len(word) :]
            at = max(rest.find(word), rest.translate(LEET).find(word))
    return rest


@cache
def _longest_first() -> tuple[str, ...]:
    words = BLOCKLIST.read_text().split()
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _runs() -> tuple[str, ...]:
    """Return every stretch of three signs or more along the keyboard or alphabet, either way."""
    found: set[str] = set()
    for line in (*RUNS, *(run[::-1] for run in RUNS)):
        for length in range(3, 11):
            found.update(line[i : i + length] for i in range(len(line) - length + 1))
    return tuple(sorted(found, key=lambda run: (-len(run), run)))


def _own_parts(own: Iterable[str]) -> set[str]:
    """Return the facts themselves and every six signs of a longer number."""
    parts: set[str] = set()
    for fact in own:
        plain = unicodedata.normalize("NFKC", fact).casefold().strip()
        if len(plain) >= 2 and not plain.isascii():
            parts.add(plain)
        if len(plain) >= 4:
            parts.add(plain)
        if sum(sign.isdigit() for sign in plain) >= 6:
            parts.update(plain[i : i + 6] for i in range(len(plain) - 5))
    return parts
