"""What people at the counter decided: on-site reviews, returned fields, corrected identities."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of


class ReviewOutcome(StrEnum):
    PASS = "pass"  # noqa: S105 -- an outcome, no password
    RETURN = "return"
    REJECT = "reject"


class CorrectionState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


class OnSiteReview(Base):
    """One round of the on-site review; a return marks fields, each with its reason."""

    __tablename__ = "on_site_review"
    __table_args__ = (
        UniqueConstraint("declaration_id", "round"),
        one_of("outcome", ReviewOutcome),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    round: Mapped[int]
    reviewer_id: Mapped[UUID]
    outcome: Mapped[str] = mapped_column(String(16))
    originals: Mapped[list[str]] = mapped_column(default=list)
    """Codes of the originals that were seen (`codes.ORIGINALS`)."""
    reason = sealed("reason_sealed")
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reviewed_at: Mapped[datetime]

    corrections: Mapped[list["FieldCorrection"]] = relationship(back_populates="review")


class FieldCorrection(Base):
    """A field that was sent back: why, what it said, and what the candidate made of it."""

    __tablename__ = "field_correction"
    __table_args__ = (UniqueConstraint("review_id", "field"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("on_site_review.id"))
    field: Mapped[str] = mapped_column(String(60))
    """The posted name on the information page (`home_address`), or `photo`."""
    reason: Mapped[str] = mapped_column(String(200))
    before = sealed("before_sealed")
    before_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    after = sealed("after_sealed")
    after_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    corrected_at: Mapped[datetime | None]

    review: Mapped[OnSiteReview] = relationship(back_populates="corrections")


class IdentityCorrection(Base):
    """A change of name or ID number, asked for with evidence and decided by someone else."""

    __tablename__ = "identity_correction"
    __table_args__ = (one_of("state", CorrectionState),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(unique=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    account_id: Mapped[UUID | None]
    """The candidate's account; none for people who came to the counter without one."""
    changes = sealed("changes_sealed")
    """`{"name": [old, new], "id_number": [old, new]}` as a JSON text, only what changes, and
    `"explanation": [text]`."""
    changes_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    evidence: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of the uploaded files, as texts."""
    state: Mapped[str] = mapped_column(String(16), default=CorrectionState.REQUESTED)
    reason_code: Mapped[str | None] = mapped_column(String(32))
    reason_text: Mapped[str | None] = mapped_column(String(200))
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
