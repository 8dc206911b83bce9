"""Which of the merged scores count: the best of duplicates is ticked, the candidate may choose."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.cases.queries import last_answered_at
from engine.declaration.consolidation.sources import merged
from engine.declaration.models import (
    Consolidation,
    Declaration,
    ScoreRecord,
    ScoreSelection,
)
from engine.errors import Conflict
from engine.i18n import gettext as _

SELECT_SCORES = "select_scores"


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
    newest = max((row.added_at for row in merged(session, declaration)), default=None)
    if confirmed is not None and newest is not None and confirmed >= newest:
        return 0
    return len(codes)


def require_not_frozen(declaration: Declaration) -> None:
    if declaration.is_frozen:
        raise Conflict(_("申报已经提交，成绩不能再变更。"))


def _rank(record: ScoreRecord) -> tuple[bool, int, str, str]:
    return not record.is_passed, -record.mark, record.passed_on.isoformat(), str(record.id)
