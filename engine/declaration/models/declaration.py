"""One graduation declaration: the domain's side of a case."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of, unique_while
from engine.declaration.models.plans import Plan
from engine.declaration.models.registry import RegistryEntry
from engine.declaration.models.seasons import Season, Seat


class DeclarationState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    PASSED = "passed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Category(StrEnum):
    """申报类别."""

    JUNIOR_COLLEGE = "junior_college"
    UNDERGRADUATE = "undergraduate"
    SECOND_UNDERGRADUATE = "second_undergraduate"
    AGAIN = "again"


class Declaration(Base):
    """A case of graduation: who, which season, which plan, and how far it has come."""

    __tablename__ = "declaration"
    __table_args__ = (
        one_of("state", DeclarationState),
        unique_while(
            "uq_declaration_owner", "owner_id", "season_id", condition="closed_at IS NULL"
        ),
        unique_while(
            "uq_declaration_entry", "entry_id", "season_id", condition="closed_at IS NULL"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(unique=True)
    owner_id: Mapped[UUID] = mapped_column(index=True)
    season_id: Mapped[UUID] = mapped_column(ForeignKey("season.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("registry_entry.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    category: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default=DeclarationState.OPEN)
    opened_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    prior_level: Mapped[str | None] = mapped_column(String(32))
    """The prior qualification as declared; where it is empty the registry's is meant."""
    prior_major: Mapped[str | None] = mapped_column(String(60))
    prior_school: Mapped[str | None] = mapped_column(String(60))
    prior_number = sealed("prior_number_sealed")
    prior_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    prior_date: Mapped[date | None]
    prior_evidence_id: Mapped[UUID | None]
    prior_needs_review: Mapped[bool] = mapped_column(default=False)
    """The verification code could not be read, so a person looks at the evidence."""

    season: Mapped[Season] = relationship()
    entry: Mapped[RegistryEntry] = relationship()
    plan: Mapped[Plan] = relationship()
    seats: Mapped[list[Seat]] = relationship(order_by=Seat.taken_at, viewonly=True)

    @property
    def is_frozen(self) -> bool:
        """Scores and certificates no longer change once the declaration was submitted or closed."""
        return self.submitted_at is not None or self.closed_at is not None
