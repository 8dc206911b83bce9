"""The inputs of a declaration's match: ticked scores, approved exemptions, own choices."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from engine.declaration.graduation import Standing
from engine.declaration.matching import Choices, Inputs, Record, Waiver
from engine.declaration.models import (
    CourseMatch,
    Declaration,
    Exemption,
    ExemptionState,
    ScoreRecord,
    ScoreSelection,
)
from engine.declaration.plan_reading import plan_rules, substitution_rules


def inputs_of(session: Session, declaration: Declaration) -> Inputs:
    """Read everything that the match of this declaration depends on."""
    return Inputs(
        plan=plan_rules(session, declaration.plan_id),
        records=tuple(map(record_of, ticked_records(session, declaration))),
        rules=substitution_rules(session),
        waivers=_waivers(session, declaration),
        prior_major=declaration.prior_major or declaration.entry.prior_major,
        choices=_choices(session, declaration),
    )


def standing_of(declaration: Declaration, today: date) -> Standing:
    """Return what the graduation conditions ask besides scores."""
    entry = declaration.entry
    return Standing(
        today=today,
        prior_level=declaration.prior_level or entry.prior_level,
        barred_until=entry.barred_until,
        has_graduated=entry.graduated_on is not None,
    )


def ticked_records(session: Session, declaration: Declaration) -> list[ScoreRecord]:
    """Return the scores that count, in the order of their codes."""
    rows = session.scalars(
        select(ScoreSelection)
        .where(ScoreSelection.declaration_id == declaration.id, ScoreSelection.is_ticked)
        .options(selectinload(ScoreSelection.record), selectinload(ScoreSelection.consolidation))
    )
    records = [row.record for row in rows if row.consolidation.undone_at is None]
    return sorted(records, key=lambda r: (r.code, r.passed_on, r.id))


def record_of(row: ScoreRecord) -> Record:
    """Return a score as the match reads it."""
    return Record(
        id=str(row.id),
        code=row.code,
        mark=row.mark,
        passed_on=row.passed_on,
        name=row.name,
        major_code=row.major_code,
        institution=row.institution,
        is_void=row.void_reason is not None,
        grade=row.grade,
    )


def _waivers(session: Session, declaration: Declaration) -> tuple[Waiver, ...]:
    rows = session.scalars(
        select(Exemption)
        .where(
            Exemption.declaration_id == declaration.id,
            Exemption.state == ExemptionState.APPROVED,
            Exemption.removed_at.is_(None),
        )
        .order_by(Exemption.course_code)
    )
    return tuple(Waiver(str(row.id), row.course_code) for row in rows)


def _choices(session: Session, declaration: Declaration) -> Choices:
    stored = session.scalar(
        select(CourseMatch.choices).where(CourseMatch.declaration_id == declaration.id)
    )
    return Choices.from_json(stored or {})
