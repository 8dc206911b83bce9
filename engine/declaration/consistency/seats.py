"""Seats: what the counters say and what the rows say is the same, and nobody has two."""

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select

from engine.declaration.consistency.survey import Finding, Survey
from engine.declaration.models import (
    Batch,
    Declaration,
    DeclarationState,
    Seat,
    SeatState,
)
from engine.declaration.models.seasons import MOST_SEATS

ACTIVE = Seat.state != SeatState.RELEASED
LET_GO = (DeclarationState.WITHDRAWN, DeclarationState.EXPIRED)


def counted(survey: Survey) -> Iterator[Finding]:
    """`taken` counts the seats that are not released, and never exceeds the capacity."""
    rows = func.count(Seat.id)
    for batch, active in survey.rows(
        select(Batch, rows)
        .outerjoin(Seat, and_(Seat.batch_id == Batch.id, ACTIVE))
        .group_by(Batch.id)
        .having(
            or_(rows != Batch.taken, rows > Batch.capacity, ~Batch.capacity.between(0, MOST_SEATS))
        )
        .order_by(Batch.id)
    ):
        where = f"batch {batch.site_id} {batch.day} {batch.half_day}"
        yield where, f"{batch.taken} of {batch.capacity} counted as taken, {active} rows"


def one_each(survey: Survey) -> Iterator[Finding]:
    """A declaration has at most one seat in a season that is not released."""
    for declaration_id, count in survey.rows(
        select(Seat.declaration_id, func.count())
        .where(ACTIVE, Seat.declaration_id.is_not(None))
        .group_by(Seat.declaration_id, Seat.season_id)
        .having(func.count() > 1)
        .order_by(Seat.declaration_id)
    ):
        yield f"declaration {declaration_id}", f"{count} seats at once"


def states_fit(survey: Survey) -> Iterator[Finding]:
    """A held seat says until when, a released one since when, and the batch is of its season."""
    for seat in survey.each(
        select(Seat)
        .join(Seat.batch)
        .where(
            or_(
                and_(Seat.state == SeatState.HELD, Seat.held_until.is_(None)),
                and_(Seat.state != SeatState.HELD, Seat.held_until.is_not(None)),
                and_(Seat.state == SeatState.RELEASED, Seat.released_at.is_(None)),
                and_(ACTIVE, Seat.released_at.is_not(None)),
                Seat.season_id != Batch.season_id,
            )
        )
        .order_by(Seat.id)
    ):
        yield f"seat {seat.id}", f"{seat.state}, but its times or its season say otherwise"


def of_live_declarations(survey: Survey) -> Iterator[Finding]:
    """Only an open declaration holds a seat, and one that was given up has none."""
    for seat_id, held, state in survey.rows(
        select(Seat.id, Seat.state, Declaration.state)
        .join(Declaration, Declaration.id == Seat.declaration_id)
        .where(
            or_(
                and_(Seat.state == SeatState.HELD, Declaration.state != DeclarationState.OPEN),
                and_(ACTIVE, Declaration.state.in_(LET_GO)),
            )
        )
        .order_by(Seat.id)
    ):
        yield f"seat {seat_id}", f"{held}, and its declaration is {state}"
