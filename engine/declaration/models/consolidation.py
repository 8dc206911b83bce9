"""Bringing a person's scores together: what was asked for, what was merged, what was ticked."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base
from engine.declaration.models.columns import one_of, unique_while
from engine.declaration.models.registry import (
    ArchiveRecord,
    RegistryEntry,
    ScoreRecord,
    TransferRecord,
)


class SourceKind(StrEnum):
    ADMISSION_NUMBER = "admission_number"
    ARCHIVE = "archive"
    IN_PROVINCE = "in_province"
    OUT_OF_PROVINCE = "out_of_province"


class RequestState(StrEnum):
    PENDING = "pending"
    ADDED = "added"
    REFUSED = "refused"


class ConsolidationRequest(Base):
    """One press of 成绩归一: stored by the component, answered by `declaration.consolidate`."""

    __tablename__ = "consolidation_request"
    __table_args__ = (
        one_of("kind", SourceKind),
        one_of("state", RequestState),
        unique_while(
            "uq_consolidation_request_pending", "declaration_id", condition="state = 'pending'"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    admission_number: Mapped[str | None] = mapped_column(String(16))
    major_part: Mapped[str | None] = mapped_column(String(5))
    sequence_part: Mapped[str | None] = mapped_column(String(5))
    place: Mapped[str | None] = mapped_column(String(12))
    month: Mapped[str | None] = mapped_column(String(7))
    state: Mapped[str] = mapped_column(String(16), default=RequestState.PENDING)
    reason: Mapped[str | None] = mapped_column(String(40))
    """A code for why nothing was added; the page puts it into words."""
    requested_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Consolidation(Base):
    """One source whose scores count in a declaration, its own admission number included."""

    __tablename__ = "consolidation"
    __table_args__ = (
        one_of("kind", SourceKind),
        CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN archive_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN transfer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
        unique_while(
            "uq_consolidation_entry", "declaration_id", "entry_id", condition="undone_at IS NULL"
        ),
        unique_while(
            "uq_consolidation_archive",
            "declaration_id",
            "archive_id",
            condition="undone_at IS NULL",
        ),
        unique_while(
            "uq_consolidation_transfer",
            "declaration_id",
            "transfer_id",
            condition="undone_at IS NULL",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("registry_entry.id"))
    archive_id: Mapped[UUID | None] = mapped_column(ForeignKey("archive_record.id"))
    transfer_id: Mapped[UUID | None] = mapped_column(ForeignKey("transfer_record.id"))
    is_own: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    entry: Mapped[RegistryEntry | None] = relationship()
    archive: Mapped[ArchiveRecord | None] = relationship()
    transfer: Mapped[TransferRecord | None] = relationship()


class ScoreSelection(Base):
    """Whether a merged score is ticked; there is one row for each score of each source."""

    __tablename__ = "score_selection"
    __table_args__ = (UniqueConstraint("declaration_id", "record_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"))
    consolidation_id: Mapped[UUID] = mapped_column(ForeignKey("consolidation.id"), index=True)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("score_record.id"))
    is_ticked: Mapped[bool]

    record: Mapped[ScoreRecord] = relationship()
    consolidation: Mapped[Consolidation] = relationship()
