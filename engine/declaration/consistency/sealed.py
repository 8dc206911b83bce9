"""Sealed columns: every one opens with this installation's key, under its own row."""

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from engine.db import Base, lookup_index, sealed
from engine.db.envelope import KeyMissing
from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.identity import canonical_id_number, canonical_name
from engine.declaration.models import Certificate, RegistryEntry
from engine.people.models import Account
from engine.sms import Sms

INDEXED: tuple[tuple[Any, str, str], ...] = (
    (Account, "id_number", "id_number"),
    (Account, "mobile", "mobile"),
    (Certificate, "number", "certificate"),
    (RegistryEntry, "id_number", "id_number"),
    (RegistryEntry, "name", "name"),
    (Sms, "mobile", "mobile"),
)
"""Sealed attributes that are looked up by their digest, which is of this kind."""
CANONICAL = {"id_number": canonical_id_number, "name": canonical_name}


def open_with_the_key(survey: Survey) -> Iterator[Finding]:
    for table in _tables():
        names = [name for name, found in vars(table).items() if isinstance(found, sealed)]
        for row in survey.each(select(table).order_by(table.id)) if names else ():
            for name in names:
                if not _opens(row, name):
                    yield f"{table.__tablename__} {row.id}", f"its {name} does not open"


def indexes_find_their_rows(survey: Survey) -> Iterator[Finding]:
    """What is looked up by a digest is found under the digest of what it says."""
    for table, name, kind in INDEXED:
        for row in survey.each(select(table).order_by(table.id)):
            if not _opens(row, name) or getattr(row, name) is None:
                continue
            value = CANONICAL.get(kind, str)(getattr(row, name))
            if getattr(row, f"{name}_index") != lookup_index(value, kind):
                yield f"{table.__tablename__} {row.id}", f"it is not found by its {name}"


def _tables() -> list[Any]:
    found = [mapper.class_ for mapper in Base.registry.mappers]
    return sorted(found, key=lambda table: str(table.__tablename__))


def _opens(row: Any, name: str) -> bool:
    try:
        getattr(row, name)
    except (InvalidTag, KeyMissing, IndexError, ValueError):
        return False
    return True
