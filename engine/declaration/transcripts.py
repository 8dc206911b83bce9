"""考生成绩单: what fills the plan, in plan order with remarks; frozen when it is submitted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from engine.cases import values
from engine.declaration import matches
from engine.declaration.matches import Solved
from engine.declaration.matching import Course, Fill, Group
from engine.declaration.models import (
    Certificate,
    Declaration,
    Exemption,
    ScoreRecord,
    SourceKind,
    Transcript,
)
from engine.declaration.transcript_sheet import Row, Share, Sheet, Source


def sheet_of(session: Session, declaration: Declaration, now: datetime) -> Sheet:
    """Return the transcript as it was submitted; before that, as it stands."""
    frozen = _frozen(session, declaration.id)
    if frozen is not None:
        return Sheet.from_json(values.loads(frozen.content)["sheet"], frozen.frozen_at)
    return _drawn(session, declaration, matches.solve_for(session, declaration), now)


def freeze(session: Session, declaration: Declaration, *, now: datetime) -> Transcript:
    """Keep the records, the match and the checklist as they stand; once frozen they stay so."""
    frozen = _frozen(session, declaration.id)
    if frozen is not None:
        return frozen
    solved = matches.still_holds(session, declaration) or matches.solve_for(session, declaration)
    content = {
        "sheet": _drawn(session, declaration, solved, now).as_json,
        "records": [asdict(record) for record in solved.inputs.records],
        "match": solved.match.as_json,
        "inputs_hash": solved.hash,
    }
    frozen = Transcript(declaration_id=declaration.id, content=values.dumps(content), frozen_at=now)
    session.add(frozen)
    session.flush()
    return frozen


def _frozen(session: Session, declaration_id: UUID) -> Transcript | None:
    return session.scalar(select(Transcript).where(Transcript.declaration_id == declaration_id))


def _drawn(session: Session, declaration: Declaration, solved: Solved, now: datetime) -> Sheet:
    inputs, match = solved.inputs, solved.match
    groups = {course.code: (group, course) for group in inputs.groups for course in group.courses}
    records = _records(session, [record for fill in match.fills for record in fill.records])
    certificates = _certificates(session, [fill.waiver for fill in match.fills if fill.waiver])
    rows = [
        _row(*groups[fill.slot], fill, [records[record] for record in fill.records], certificates)
        for fill in match.fills
    ]
    found = matches.checklist(declaration, solved, now)
    return Sheet(
        # Sorting keeps plan order, with the thesis last.
        rows=tuple(sorted(rows, key=lambda row: row.is_graduation_work)),
        lines=tuple(line.as_json for line in found.lines),
        courses=found.courses,
        credits=found.credits,
        institution=declaration.plan.host_institution or _institution(records.values()),
    )


def _row(
    group: Group,
    course: Course,
    fill: Fill,
    records: Sequence[ScoreRecord],
    certificates: Mapping[str, tuple[str, str]],
) -> Row:
    return Row(
        code=course.code,
        name=course.name,
        credits=course.credits,
        share=_share(group, course),
        is_graduation_work=course.is_graduation_work,
        marks=tuple(record.grade or str(record.mark) for record in records),
        passed_on=max((record.passed_on for record in records), default=None),
        sources=tuple(map(_source, records)),
        replaced=tuple(record.code for record in records) if fill.steps else (),
        certificate=certificates[fill.waiver] if fill.waiver else None,
    )


def _share(group: Group, course: Course) -> Share:
    if group.kind == "add_on":
        return Share.ADD_ON
    if course.is_practice or course.is_graduation_work:
        return Share.PRACTICE
    return Share.REQUIRED if group.needs_all else Share.ELECTIVE


def _source(record: ScoreRecord) -> Source:
    if record.archive:
        number = f"{record.archive.major_part} {record.archive.sequence_part}"
        return Source(SourceKind.ARCHIVE, number)
    if record.transfer:
        transfer = record.transfer
        return Source(transfer.kind, place=transfer.place, month=transfer.month)
    return Source(
        SourceKind.ADMISSION_NUMBER, record.entry.admission_number if record.entry else ""
    )


def _institution(records: Iterable[ScoreRecord]) -> str:
    """Where the plan names no examining university, it is that of the practice and the thesis."""
    return next((record.institution for record in records if record.institution), "")


def _records(session: Session, ids: Iterable[str]) -> dict[str, ScoreRecord]:
    rows = session.scalars(
        select(ScoreRecord)
        .where(ScoreRecord.id.in_(map(UUID, ids)))
        .options(
            joinedload(ScoreRecord.entry),
            joinedload(ScoreRecord.archive),
            joinedload(ScoreRecord.transfer),
        )
        .order_by(ScoreRecord.code, ScoreRecord.id)
    )
    return {str(row.id): row for row in rows}


def _certificates(session: Session, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = session.scalars(
        select(Exemption)
        .where(Exemption.id.in_(map(UUID, ids)))
        .options(joinedload(Exemption.certificate).joinedload(Certificate.type))
        .order_by(Exemption.course_code)
    )
    return {str(row.id): (row.certificate.type.name, row.certificate.type.name_en) for row in rows}
