"""Load the people of the demonstration into the registry; a number that is there already stays."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.declaration.demo.people import (
    CANDIDATES,
    HOST,
    SCHOOL,
    DemoArchive,
    DemoCandidate,
    DemoNumber,
    DemoScore,
    DemoTransfer,
)
from engine.declaration.demo.plans import course_names
from engine.declaration.identity import canonical_id_number, canonical_name
from engine.declaration.models import (
    ArchiveRecord,
    PriorLevel,
    RegistryEntry,
    ScoreRecord,
    TransferRecord,
)

THESES = {"10196": "050101", "10197": "120402", "14790": "120201K", "06999": "120402"}


def load_registry(session: Session) -> None:
    for person in CANDIDATES:
        for number in person.numbers:
            _load_number(session, person, number)
        for archive in person.archives:
            _load_archive(session, person, archive)
        for transfer in person.transfers:
            _load_transfer(session, person, transfer)
    session.flush()


def _identity(person: DemoCandidate) -> dict[str, str]:
    return {
        "id_number_index": lookup_index(canonical_id_number(person.id_number), "id_number"),
        "name_index": lookup_index(canonical_name(person.name), "name"),
    }


def _load_number(session: Session, person: DemoCandidate, number: DemoNumber) -> None:
    if _exists(session, RegistryEntry.admission_number == number.number):
        return
    entry = RegistryEntry(
        admission_number=number.number,
        id_number=person.id_number,
        name=person.name,
        plan_id=person.plan_id,
        registered_on=_registered_on(number.number),
        graduated_on=number.graduated_on,
        scores=list(_scores(number.scores)),
        **_identity(person),
    )
    if person.prior_major:
        _give_prior_qualification(entry, person)
    session.add(entry)


def _give_prior_qualification(entry: RegistryEntry, person: DemoCandidate) -> None:
    entry.prior_level = PriorLevel.JUNIOR_COLLEGE
    entry.prior_major = person.prior_major
    entry.prior_school = SCHOOL
    entry.prior_number = f"99999120150600{person.numbers[0].number[-4:]}"
    entry.prior_date = date(2015, 6, 30)


def _load_archive(session: Session, person: DemoCandidate, archive: DemoArchive) -> None:
    parts = (
        ArchiveRecord.major_part == archive.major_part,
        ArchiveRecord.sequence_part == archive.sequence_part,
    )
    if not _exists(session, *parts):
        session.add(
            ArchiveRecord(
                major_part=archive.major_part,
                sequence_part=archive.sequence_part,
                scores=list(_scores(archive.scores)),
                **_identity(person),
            )
        )


def _load_transfer(session: Session, person: DemoCandidate, transfer: DemoTransfer) -> None:
    who = _identity(person)
    same = (
        TransferRecord.id_number_index == who["id_number_index"],
        TransferRecord.kind == transfer.kind,
        TransferRecord.place == transfer.place,
        TransferRecord.month == transfer.month,
    )
    if not _exists(session, *same):
        session.add(
            TransferRecord(
                kind=transfer.kind,
                place=transfer.place,
                month=transfer.month,
                scores=list(_scores(transfer.scores)),
                **who,
            )
        )


def _scores(scores: Iterable[DemoScore]) -> Iterable[ScoreRecord]:
    for score in scores:
        name, credits_ = course_names()[score.code]
        major = THESES.get(score.code)
        yield ScoreRecord(
            code=score.code,
            name=name,
            credits=credits_,
            mark=score.mark,
            grade=score.grade,
            passed_on=score.passed_on,
            major_code=major,
            institution=HOST if major else None,
        )


def _registered_on(number: str) -> date:
    """Read the sitting out of an admission number: digits 5–7 are the year and the half."""
    year, half = int(number[4:6]), number[6]
    return date(2000 + year, 4 if half == "1" else 10, 1)


def _exists(session: Session, *conditions: Any) -> bool:
    return session.scalar(select(exists().where(*conditions))) is True
