"""When and where declarations are reviewed on site: seasons, sites, batches and their seats."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base
from engine.declaration.models.columns import one_of, unique_while

MOST_SEATS = 60


class HalfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


class SeatState(StrEnum):
    HELD = "held"
    FINAL = "final"
    RELEASED = "released"


class Season(Base):
    """One graduation season; declarations start and are submitted only inside its window."""

    __tablename__ = "season"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    batches: Mapped[list["Batch"]] = relationship(back_populates="season")

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at


class ReviewSite(Base):
    """A place where originals are looked at; its id is what binds a reviewer's role to it."""

    __tablename__ = "review_site"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(120))
    address_en: Mapped[str] = mapped_column(String(120))
    closed_at: Mapped[datetime | None]

    batches: Mapped[list["Batch"]] = relationship(back_populates="site")


class Batch(Base):
    """Half a day at a site with at most 60 seats; `taken` counts the seats not released."""

    __tablename__ = "batch"
    __table_args__ = (
        CheckConstraint(f"capacity BETWEEN 0 AND {MOST_SEATS}", name="capacity_allowed"),
        CheckConstraint("taken BETWEEN 0 AND capacity", name="never_overfull"),
        UniqueConstraint("season_id", "site_id", "day", "half_day"),
        one_of("half_day", HalfDay),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    season_id: Mapped[UUID] = mapped_column(ForeignKey("season.id"), index=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("review_site.id"), index=True)
    number: Mapped[int]
    """Counts within the site: 第 1 批, 第 2 批 …"""
    day: Mapped[date]
    half_day: Mapped[str] = mapped_column(String(16))
    capacity: Mapped[int] = mapped_column(default=MOST_SEATS)
    taken: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    season: Mapped[Season] = relationship(back_populates="batches")
    site: Mapped[ReviewSite] = relationship(back_populates="batches")

    @property
    def seats_left(self) -> int:
        return self.capacity - self.taken

    def is_offered(self, now: datetime) -> bool:
        return self.cancelled_at is None and self.opens_at <= now < self.closes_at


class Seat(Base):
    """A place in a batch: held for a while, final from the submission on, or released.

    Seats without a declaration were given elsewhere (at the counter, by telephone)."""

    __tablename__ = "seat"
    __table_args__ = (
        one_of("state", SeatState),
        unique_while(
            "uq_seat_active", "declaration_id", "season_id", condition="state <> 'released'"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(ForeignKey("batch.id"), index=True)
    season_id: Mapped[UUID] = mapped_column(ForeignKey("season.id"))
    declaration_id: Mapped[UUID | None] = mapped_column(ForeignKey("declaration.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=SeatState.HELD)
    taken_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    released_at: Mapped[datetime | None]

    batch: Mapped[Batch] = relationship()
