"""Bring scores together: from other numbers, the archive, transfers; each source once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.declaration.consolidation.sources import (
    Source,
    find,
    held_by,
    in_words,
    merged,
    why_not,
)
from engine.declaration.consolidation.ticks import require_not_frozen, selections, tick_best
from engine.declaration.models import (
    ArchiveRecord,
    Consolidation,
    ConsolidationRequest,
    Declaration,
    RegistryEntry,
    RequestState,
    ScoreRecord,
    ScoreSelection,
    SourceKind,
    TransferRecord,
)
from engine.errors import NotFound
from engine.i18n import gettext as _


def load_own(session: Session, declaration: Declaration, now: datetime) -> int:
    """Merge the declaration's own number; repeating it adds nothing. Return how many scores."""
    own = merged(session, declaration)
    if not any(row.is_own for row in own):
        added = _merge(
            session, declaration, declaration.entry, SourceKind.ADMISSION_NUMBER, now, is_own=True
        )
        tick_best(session, declaration, {record.code for record in added})
    return len(selections(session, declaration))


def offered_entries(session: Session, declaration: Declaration) -> Sequence[RegistryEntry]:
    """Other numbers of the same person that can still be merged."""
    entry = declaration.entry
    there = {row.entry_id for row in merged(session, declaration)}
    found = session.scalars(
        select(RegistryEntry)
        .where(
            RegistryEntry.id_number_index == entry.id_number_index,
            RegistryEntry.name_index == entry.name_index,
            RegistryEntry.graduated_on.is_(None),
        )
        .order_by(RegistryEntry.admission_number)
    )
    return [other for other in found if other.id not in there]


def merged_sources(session: Session, declaration: Declaration) -> Sequence[Consolidation]:
    """What was merged, the own number first."""
    return sorted(merged(session, declaration), key=lambda row: (not row.is_own, row.added_at))


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
    source = find(session, request)
    refusal = why_not(session, declaration, source)
    if source is None or refusal is not None:
        request.state, request.reason = RequestState.REFUSED, refusal
        return 0, in_words(refusal, request.kind)
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
    records = session.scalars(select(ScoreRecord).where(held_by(source))).all()
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
