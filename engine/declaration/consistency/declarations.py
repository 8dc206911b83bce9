"""Declarations: as far along as their case, and complete once they are submitted."""

from collections.abc import Iterator

from sqlalchemy import and_, exists, not_, or_, select

from engine.cases.models import Case
from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import (
    Declaration,
    DeclarationState,
    Seat,
    SeatState,
    Transcript,
)

RUNNING = (DeclarationState.OPEN, DeclarationState.SUBMITTED)
HANDED_IN = (DeclarationState.SUBMITTED, DeclarationState.PASSED, DeclarationState.REFUSED)


def follow_their_cases(survey: Survey) -> Iterator[Finding]:
    """A declaration has a case of the same owner, and is closed exactly when the case is."""
    for declaration, case in survey.rows(
        select(Declaration, Case)
        .outerjoin(Case, Case.id == Declaration.case_id)
        .where(
            or_(
                Case.id.is_(None),
                Case.owner_id != Declaration.owner_id,
                Case.closed_at.is_(None) != Declaration.closed_at.is_(None),
            )
        )
        .order_by(Declaration.id)
    ):
        stands = f"the case {case.number} is {case.status}" if case else "it has no case"
        yield f"declaration {declaration.id}", f"{declaration.state}, and {stands}"


def states_fit(survey: Survey) -> Iterator[Finding]:
    """Open and submitted ones are not closed; what was handed in says when."""
    running = Declaration.state.in_(RUNNING)
    for declaration in survey.each(
        select(Declaration)
        .where(
            or_(
                running != Declaration.closed_at.is_(None),
                and_(Declaration.state.in_(HANDED_IN), Declaration.submitted_at.is_(None)),
                and_(
                    Declaration.state == DeclarationState.OPEN,
                    Declaration.submitted_at.is_not(None),
                ),
            )
        )
        .order_by(Declaration.id)
    ):
        yield f"declaration {declaration.id}", f"{declaration.state}, but its times say otherwise"


def submitted_are_complete(survey: Survey) -> Iterator[Finding]:
    """What was handed in has a final seat and a frozen transcript."""
    seat = exists().where(Seat.declaration_id == Declaration.id, Seat.state == SeatState.FINAL)
    transcript = exists().where(Transcript.declaration_id == Declaration.id)
    for declaration_id, has_seat in survey.rows(
        select(Declaration.id, seat)
        .where(Declaration.state.in_(HANDED_IN), not_(and_(seat, transcript)))
        .order_by(Declaration.id)
    ):
        missing = "no frozen transcript" if has_seat else "no final seat"
        yield f"declaration {declaration_id}", f"handed in with {missing}"
