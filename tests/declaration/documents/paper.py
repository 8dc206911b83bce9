"""What a reader finds on the pages of a PDF."""

import re
import subprocess
from dataclasses import dataclass

MILLIMETRE = 72 / 25.4
WORD = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page without its white space."""
    found = _run("pdftotext", "-raw", "-", "-", given=pdf).decode()
    return ["".join(page.split()) for page in found.split("\f")[:-1]]


def words_of(pdf: bytes) -> list[list[Word]]:
    """Every word of each page, with its place in millimetres."""
    found = _run("pdftotext", "-bbox", "-", "-", given=pdf).decode()
    return [
        [Word(*(float(n) / MILLIMETRE for n in word[:4]), word[4]) for word in WORD.findall(page)]
        for page in found.split("<page ")[1:]
    ]


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of the photographs."""
    lines = _run("pdfimages", "-list", "-", given=pdf).decode().splitlines()[2:]
    return [(int(line.split()[3]), int(line.split()[4])) for line in lines]


def _run(*command: str, given: bytes) -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout
