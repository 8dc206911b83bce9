"""Where scores lie that a person may merge: found, held against who asks, refused in words.

A refusal says only what the person can mend; whether a record is somebody else's is not told apart
from there being none.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from engine.declaration.models import (
    ArchiveRecord,
    Consolidation,
    ConsolidationRequest,
    Declaration,
    DeclarationState,
    RegistryEntry,
    ScoreRecord,
    SourceKind,
    TransferRecord,
)
from engine.i18n import gettext as _

Source = RegistryEntry | ArchiveRecord | TransferRecord


class Refusal(StrEnum):
    """Why nothing was merged, as the request keeps it."""

    NOT_FOUND = "not_found"
    NOT_THEIRS = "not_theirs"
    USED = "used"
    MERGED = "merged"


def merged(session: Session, declaration: Declaration) -> list[Consolidation]:
    return list(
        session.scalars(
            select(Consolidation)
            .where(
                Consolidation.declaration_id == declaration.id, Consolidation.undone_at.is_(None)
            )
            .options(
                selectinload(Consolidation.entry),
                selectinload(Consolidation.archive),
                selectinload(Consolidation.transfer),
            )
            .order_by(Consolidation.added_at, Consolidation.id)
        )
    )


def find(session: Session, request: ConsolidationRequest) -> Source | None:
    match SourceKind(request.kind):
        case SourceKind.ADMISSION_NUMBER:
            return session.scalar(
                select(RegistryEntry).where(
                    RegistryEntry.admission_number == request.admission_number
                )
            )
        case SourceKind.ARCHIVE:
            return session.scalar(
                select(ArchiveRecord).where(
                    ArchiveRecord.major_part == request.major_part,
                    ArchiveRecord.sequence_part == request.sequence_part,
                )
            )
        case _:
            entry_index = session.scalar(
                select(RegistryEntry.id_number_index)
                .join(Declaration, Declaration.entry_id == RegistryEntry.id)
                .where(Declaration.id == request.declaration_id)
            )
            return session.scalar(
                select(TransferRecord).where(
                    TransferRecord.id_number_index == entry_index,
                    TransferRecord.kind == request.kind,
                    TransferRecord.place == request.place,
                    TransferRecord.month == request.month,
                )
            )


def why_not(session: Session, declaration: Declaration, source: Source | None) -> Refusal | None:
    """Return why a source cannot be merged; staff may read it, the candidate hears `in_words`."""
    entry = declaration.entry
    if source is None:
        return Refusal.NOT_FOUND
    if source.id_number_index != entry.id_number_index or source.name_index != entry.name_index:
        return Refusal.NOT_THEIRS
    if source.graduated_on is not None or _is_used(session, declaration, source):
        return Refusal.USED
    if any(source.id in _ids(row) for row in merged(session, declaration)):
        return Refusal.MERGED
    return None


def in_words(refusal: Refusal | None, kind: str) -> str:
    """Say what the candidate can mend. That a record is another person's is said to nobody."""
    match refusal:
        case Refusal.USED:
            return _("这个号码的成绩已经用于毕业，不能再次使用。")
        case Refusal.MERGED:
            return _("这部分成绩已经归一过了，没有重复添加。")
        case _:
            return _nothing_found(kind)


def held_by(source: Source) -> ColumnElement[bool]:
    if isinstance(source, RegistryEntry):
        return ScoreRecord.entry_id == source.id
    if isinstance(source, ArchiveRecord):
        return ScoreRecord.archive_id == source.id
    return ScoreRecord.transfer_id == source.id


def _is_used(session: Session, declaration: Declaration, source: Source) -> bool:
    """Say whether another declaration, submitted or passed, has these scores in it."""
    query = (
        select(Consolidation.id)
        .join(Declaration, Declaration.id == Consolidation.declaration_id)
        .where(
            _of(source),
            Consolidation.undone_at.is_(None),
            Declaration.id != declaration.id,
            Declaration.state.in_((DeclarationState.SUBMITTED, DeclarationState.PASSED)),
        )
        .limit(1)
    )
    return session.scalar(query) is not None


def _nothing_found(kind: str) -> str:
    if kind == SourceKind.ADMISSION_NUMBER:
        return _("没有查到与您身份一致的这个准考证号，请核对后重新输入。")
    if kind == SourceKind.ARCHIVE:
        return _("没有查到与您身份一致的这个档案号，请核对专业代码号和考生号。")
    return _("没有查到这个地点和时间的转入成绩，请核对转入地点和转入时间。")


def _of(source: Source) -> ColumnElement[bool]:
    if isinstance(source, RegistryEntry):
        return Consolidation.entry_id == source.id
    if isinstance(source, ArchiveRecord):
        return Consolidation.archive_id == source.id
    return Consolidation.transfer_id == source.id


def _ids(row: Consolidation) -> set[UUID | None]:
    return {row.entry_id, row.archive_id, row.transfer_id}
