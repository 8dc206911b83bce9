"""Bring a person's scores together: from other numbers, the archive, transfers — each source once.

A refusal says only what the person can mend; whether a record is somebody else's is not told apart
from there being none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from engine.cases.queries import last_answered_at
from engine.declaration.models import (
    ArchiveRecord,
    Consolidation,
    ConsolidationRequest,
    Declaration,
    DeclarationState,
    RegistryEntry,
    RequestState,
    ScoreRecord,
    ScoreSelection,
    SourceKind,
    TransferRecord,
)
from engine.errors import Conflict, NotFound
from engine.i18n import gettext as _

SELECT_SCORES = "select_scores"
Source = RegistryEntry | ArchiveRecord | TransferRecord


class Refusal(StrEnum):
    """Why nothing was merged, as the request keeps it."""

    NOT_FOUND = "not_found"
    NOT_THEIRS = "not_theirs"
    USED = "used"
    MERGED = "merged"


def load_own(session: Session, declaration: Declaration, now: datetime) -> int:
    """Merge the declaration's own number; repeating it adds nothing. Return how many scores."""
    own = _merged(session, declaration)
    if not any(row.is_own for row in own):
        added = _merge(
            session, declaration, declaration.entry, SourceKind.ADMISSION_NUMBER, now, is_own=True
        )
        tick_best(session, declaration, {record.code for record in added})
    return len(selections(session, declaration))


def offered_entries(session: Session, declaration: Declaration) -> Sequence[RegistryEntry]:
    """Other numbers of the same person that can still be merged."""
    entry = declaration.entry
    merged = {row.entry_id for row in _merged(session, declaration)}
    found = session.scalars(
        select(RegistryEntry)
        .where(
            RegistryEntry.id_number_index == entry.id_number_index,
            RegistryEntry.name_index == entry.name_index,
            RegistryEntry.graduated_on.is_(None),
        )
        .order_by(RegistryEntry.admission_number)
    )
    return [other for other in found if other.id not in merged]


def ask(
    session: Session,
    declaration: Declaration,
    kind: SourceKind,
    said: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Write down what 成绩归一 was pressed for; `answer` decides it within the same command."""
    require_not_frozen(declaration)
    session.add(
        ConsolidationRequest(
            declaration_id=declaration.id,
            kind=kind,
            state=RequestState.PENDING,
            requested_at=now,
            **said,
        )
    )
    session.flush()


def answer(session: Session, declaration: Declaration, now: datetime) -> tuple[int, str | None]:
    """Decide the pending request: how many scores were added, or why none were."""
    request = session.scalar(
        select(ConsolidationRequest).where(
            ConsolidationRequest.declaration_id == declaration.id,
            ConsolidationRequest.state == RequestState.PENDING,
        )
    )
    if request is None:
        return 0, _("没有要归一的成绩。")
    request.answered_at = now
    source = _find(session, request)
    refusal = _why_not(session, declaration, source)
    if source is None or refusal is not None:
        request.state, request.reason = RequestState.REFUSED, refusal
        return 0, _in_words(refusal, request.kind)
    request.state = RequestState.ADDED
    added = _merge(session, declaration, source, SourceKind(request.kind), now)
    tick_best(session, declaration, {record.code for record in added})
    return len(added), None


def last_refused(session: Session, declaration: Declaration) -> ConsolidationRequest | None:
    """Return the newest request if it was refused and nothing was taken out since."""
    newest = session.scalar(
        select(ConsolidationRequest)
        .where(ConsolidationRequest.declaration_id == declaration.id)
        .order_by(ConsolidationRequest.requested_at.desc(), ConsolidationRequest.id.desc())
        .limit(1)
    )
    if newest is None or newest.state != RequestState.REFUSED:
        return None
    undone = session.scalar(
        select(func.max(Consolidation.undone_at)).where(
            Consolidation.declaration_id == declaration.id
        )
    )
    return newest if undone is None or undone <= newest.requested_at else None


def undo(session: Session, declaration: Declaration, merged_id: UUID, now: datetime) -> None:
    """Take a merged source out again; the declaration's own number stays."""
    require_not_frozen(declaration)
    row = session.get(Consolidation, merged_id)
    if row is None or row.declaration_id != declaration.id or row.is_own or row.undone_at:
        raise NotFound(_("没有这份可以撤销的归一成绩。"))
    taken = [each for each in selections(session, declaration) if each.consolidation_id == row.id]
    codes = {each.record.code for each in taken if each.is_ticked}
    for each in taken:
        session.delete(each)
    row.undone_at = now
    session.flush()
    tick_best(session, declaration, codes)


def selections(session: Session, declaration: Declaration) -> list[ScoreSelection]:
    """Every merged score with its record and source, by course code, the best first."""
    rows = session.scalars(
        select(ScoreSelection)
        .join(ScoreSelection.consolidation)
        .where(ScoreSelection.declaration_id == declaration.id, Consolidation.undone_at.is_(None))
        .options(
            selectinload(ScoreSelection.record),
            selectinload(ScoreSelection.consolidation).selectinload(Consolidation.entry),
        )
    ).all()
    return sorted(rows, key=lambda row: (row.record.code, *_rank(row.record)))


def merged_sources(session: Session, declaration: Declaration) -> Sequence[Consolidation]:
    """What was merged, the own number first."""
    return sorted(_merged(session, declaration), key=lambda row: (not row.is_own, row.added_at))


def tick_best(session: Session, declaration: Declaration, codes: Collection[str]) -> None:
    """Tick the best passed score of these courses: the higher mark, then the earlier date.

    What the candidate chose for other courses stays."""
    seen: set[str] = set()
    for row in selections(session, declaration):
        code = row.record.code
        if code in codes:
            row.is_ticked = row.record.is_passed and code not in seen
            seen.add(code)


def tick(session: Session, declaration: Declaration, record_ids: Iterable[UUID]) -> None:
    """Take over the candidate's own ticks."""
    require_not_frozen(declaration)
    wanted = set(record_ids)
    for row in selections(session, declaration):
        row.is_ticked = row.record_id in wanted and row.record.is_passed


def duplicate_codes(rows: Iterable[ScoreSelection]) -> list[str]:
    """Course codes with more than one passed score."""
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        count[row.record.code] += row.record.is_passed
    return sorted(code for code, times in count.items() if times > 1)


def open_duplicates(session: Session, declaration: Declaration) -> int:
    """How many duplicates nobody has chosen between since the last merge."""
    codes = duplicate_codes(selections(session, declaration))
    confirmed = last_answered_at(session, declaration.case_id, SELECT_SCORES)
    newest = max((row.added_at for row in _merged(session, declaration)), default=None)
    if confirmed is not None and newest is not None and confirmed >= newest:
        return 0
    return len(codes)


def require_not_frozen(declaration: Declaration) -> None:
    if declaration.is_frozen:
        raise Conflict(_("申报已经提交，成绩不能再变更。"))


def _merged(session: Session, declaration: Declaration) -> list[Consolidation]:
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


def _find(session: Session, request: ConsolidationRequest) -> Source | None:
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


def _why_not(session: Session, declaration: Declaration, source: Source | None) -> Refusal | None:
    """Return why a source cannot be merged; staff may read it, the candidate hears `_in_words`."""
    entry = declaration.entry
    if source is None:
        return Refusal.NOT_FOUND
    if source.id_number_index != entry.id_number_index or source.name_index != entry.name_index:
        return Refusal.NOT_THEIRS
    if source.graduated_on is not None or _is_used(session, declaration, source):
        return Refusal.USED
    if any(source.id in _ids(row) for row in _merged(session, declaration)):
        return Refusal.MERGED
    return None


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


def _in_words(refusal: Refusal | None, kind: str) -> str:
    """Say what the candidate can mend. That a record is another person's is said to nobody."""
    match refusal:
        case Refusal.USED:
            return _("这个号码的成绩已经用于毕业，不能再次使用。")
        case Refusal.MERGED:
            return _("这部分成绩已经归一过了，没有重复添加。")
        case _:
            return _nothing_found(kind)


def _nothing_found(kind: str) -> str:
    if kind == SourceKind.ADMISSION_NUMBER:
        return _("没有查到与您身份一致的这个准考证号，请核对后重新输入。")
    if kind == SourceKind.ARCHIVE:
        return _("没有查到与您身份一致的这个档案号，请核对专业代码号和考生号。")
    return _("没有查到这个地点和时间的转入成绩，请核对转入地点和转入时间。")


def _merge(
    session: Session,
    declaration: Declaration,
    source: Source,
    kind: SourceKind,
    now: datetime,
    *,
    is_own: bool = False,
) -> Sequence[ScoreRecord]:
    row = Consolidation(
        declaration_id=declaration.id,
        kind=kind,
        entry_id=source.id if isinstance(source, RegistryEntry) else None,
        archive_id=source.id if isinstance(source, ArchiveRecord) else None,
        transfer_id=source.id if isinstance(source, TransferRecord) else None,
        is_own=is_own,
        added_at=now,
    )
    session.add(row)
    session.flush()
    records = session.scalars(select(ScoreRecord).where(_held_by(source))).all()
    session.add_all(
        ScoreSelection(
            declaration_id=declaration.id,
            consolidation_id=row.id,
            record_id=record.id,
            is_ticked=False,
        )
        for record in records
    )
    session.flush()
    return records


def _held_by(source: Source) -> ColumnElement[bool]:
    if isinstance(source, RegistryEntry):
        return ScoreRecord.entry_id == source.id
    if isinstance(source, ArchiveRecord):
        return ScoreRecord.archive_id == source.id
    return ScoreRecord.transfer_id == source.id


def _of(source: Source) -> ColumnElement[bool]:
    if isinstance(source, RegistryEntry):
        return Consolidation.entry_id == source.id
    if isinstance(source, ArchiveRecord):
        return Consolidation.archive_id == source.id
    return Consolidation.transfer_id == source.id


def _ids(row: Consolidation) -> set[UUID | None]:
    return {row.entry_id, row.archive_id, row.transfer_id}


def _rank(record: ScoreRecord) -> tuple[bool, int, str, str]:
    return not record.is_passed, -record.mark, record.passed_on.isoformat(), str(record.id)
