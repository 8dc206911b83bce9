"""The glossary has every word that tables, addresses and roles are made of."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.people import Role
from tests.architecture.test_routes import PART, routes
from tests.architecture.test_tables import declared
from tests.architecture.tree import PROJECT, require_none

GLOSSARY = "docs/glossary.md"
ROW = re.compile(r"^\| (?P<term>[^|]+) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
HEADINGS = frozenset({"term", "---"})


def violations(root: Path) -> list[str]:
    rows = [row for row in _rows(root) if row["term"].strip() not in HEADINGS]
    terms = Counter(row["term"].strip() for row in rows)
    return [
        *(f"{GLOSSARY}: {term} is there twice" for term, times in terms.items() if times > 1),
        *(
            f"{place}: the glossary has no {word}"
            for place, word in (*_tables(root), *_words_of_addresses(root), *_roles())
            if not _forms_of(word) & terms.keys()
        ),
    ]


def _rows(root: Path) -> Iterator[re.Match[str]]:
    return ROW.finditer((root / GLOSSARY).read_text(encoding="utf-8"))


def _tables(root: Path) -> Iterator[tuple[str, str]]:
    for table in declared(root):
        yield table.module.path, table.name.rstrip("_").replace("_", " ")


def _words_of_addresses(root: Path) -> Iterator[tuple[str, str]]:
    for route in routes(root):
        for segment in filter(None, route.address.split("/")):
            if not PART.fullmatch(segment):
                yield route.module.path, segment.partition(".")[0].replace("-", " ")


def _roles() -> Iterator[tuple[str, str]]:
    for role in Role:
        yield "engine/people/person.py", role.replace("_", " ")


def _forms_of(word: str) -> set[str]:
    """Return the word and its singular, whichever the glossary has."""
    singular = {re.sub(r"ies$", "y", word), word.removesuffix("s"), word.removesuffix("es")}
    return {word, *singular}


def test_every_word_of_tables_addresses_and_roles_is_in_the_glossary():
    require_none(violations(PROJECT))
