"""Seats in batches: a new one is taken before the old one is let go, and 60 never becomes 61.

The counter decides, by one conditional update; the rows say whose the seats are. Both change in
the caller's transaction, so they agree whenever it commits.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from engine.declaration.models import Batch, Declaration, Seat, SeatState
from engine.errors import Conflict, Refused
from engine.i18n import gettext as _


class SeatTaken(Conflict):
    """Someone else got the batch's last seat."""


class BatchClosed(Refused):
    """The batch is not offered: too early, too late, cancelled, or of another season."""


class SeatLost(Refused):
    """The hold has run out or was released; there is no seat to make final."""


def batches_of(session: Session, season_id: UUID, now: datetime) -> Sequence[Batch]:
    """Return the batches that are offered, full ones too, in the order of sites and days."""
    return session.scalars(
        select(Batch)
        .where(
            Batch.season_id == season_id,
            Batch.cancelled_at.is_(None),
            Batch.opens_at <= now,
            Batch.closes_at > now,
        )
        .options(selectinload(Batch.site))
        .order_by(Batch.site_id, Batch.day, Batch.number)
    ).all()


def seat_of(session: Session, declaration_id: UUID) -> Seat | None:
    """Return the seat that the declaration holds or has for good."""
    return session.scalar(
        select(Seat)
        .where(Seat.declaration_id == declaration_id, Seat.state != SeatState.RELEASED)
        .options(selectinload(Seat.batch))
    )


def hold(
    session: Session,
    declaration: Declaration,
    batch_id: UUID,
    *,
    now: datetime,
    held_until: datetime,
) -> Seat:
    """Hold a seat; an old one is let go only once the new one is taken.

    Asking again for the batch one already sits in gives the same seat, held no longer than
    before."""
    old = seat_of(session, declaration.id)
    if old is not None and old.batch_id == batch_id:
        return old
    _lock_in_order(session, {batch_id} | ({old.batch_id} if old else set()))
    _take(session, batch_id, declaration.season_id, now)
    if old is not None:
        _let_go(session, old, now)
    seat = Seat(
        batch_id=batch_id,
        season_id=declaration.season_id,
        declaration_id=declaration.id,
        state=SeatState.HELD,
        taken_at=now,
        held_until=held_until,
    )
    session.add(seat)
    session.flush()
    return seat


def release(session: Session, declaration_id: UUID, *, now: datetime) -> bool:
    """Let go of the declaration's seat; False when there was none to let go."""
    seat = seat_of(session, declaration_id)
    return seat is not None and _let_go(session, seat, now)


def make_final(session: Session, declaration_id: UUID, *, now: datetime) -> Seat:
    """Keep the held seat for good; `SeatLost` when the hold has run out."""
    seat = seat_of(session, declaration_id)
    if seat is None or (seat.state == SeatState.HELD and _has_run_out(seat, now)):
        raise SeatLost(_("名额保留时间已过，请重新选择批次。"))
    seat.state, seat.held_until = SeatState.FINAL, None
    session.flush()
    return seat


def _has_run_out(seat: Seat, now: datetime) -> bool:
    return seat.held_until is not None and seat.held_until <= now


def _lock_in_order(session: Session, batch_ids: set[UUID]) -> None:
    # Two people who swap batches would otherwise wait for each other's row.
    session.execute(
        select(Batch.id).where(Batch.id.in_(batch_ids)).order_by(Batch.id).with_for_update()
    )


def _take(session: Session, batch_id: UUID, season_id: UUID, now: datetime) -> None:
    offered = (
        Batch.id == batch_id,
        Batch.season_id == season_id,
        Batch.cancelled_at.is_(None),
        Batch.opens_at <= now,
        Batch.closes_at > now,
    )
    taken = session.scalar(
        update(Batch)
        .where(*offered, Batch.taken < Batch.capacity)
        .values(taken=Batch.taken + 1)
        .returning(Batch.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        if session.scalar(select(Batch.id).where(*offered)) is None:
            raise BatchClosed(_("这个批次现在不能选择，请选择其他批次。"))
        raise SeatTaken(_("这个批次已经报满，请选择其他批次。"))
    _reread(session, batch_id)


def _let_go(session: Session, seat: Seat, now: datetime) -> bool:
    """Release a seat once: the row says whether it still counts, then the counter follows."""
    released = session.scalar(
        update(Seat)
        .where(Seat.id == seat.id, Seat.state != SeatState.RELEASED)
        .values(state=SeatState.RELEASED, released_at=now, held_until=None)
        .returning(Seat.id)
        .execution_options(synchronize_session=False)
    )
    if released is None:
        return False
    session.refresh(seat)
    session.execute(
        update(Batch)
        .where(Batch.id == seat.batch_id)
        .values(taken=Batch.taken - 1)
        .execution_options(synchronize_session=False)
    )
    _reread(session, seat.batch_id)
    return True


def _reread(session: Session, batch_id: UUID) -> None:
    session.get(Batch, batch_id, populate_existing=True)
