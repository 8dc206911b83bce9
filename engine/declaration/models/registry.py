"""The examination office's own records: who is registered, and what was passed where and when."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of

PASS_MARK = 60


class PriorLevel(StrEnum):
    """The qualification that an undergraduate declaration builds on."""

    JUNIOR_COLLEGE = "junior_college"
    UNDERGRADUATE = "undergraduate"
    UNDERGRADUATE_COMPLETED = "undergraduate_completed"
    """本科结业: all of the course, no degree certificate."""
    POSTGRADUATE = "postgraduate"
    BELOW = "below"


class TransferKind(StrEnum):
    IN_PROVINCE = "in_province"
    OUT_OF_PROVINCE = "out_of_province"


class RegistryEntry(Base):
    """One admission number. The ID number's index is that of its 18 digits, even if it has 15."""

    __tablename__ = "registry_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    admission_number: Mapped[str] = mapped_column(String(16), unique=True)
    id_number = sealed("id_number_sealed")
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_index: Mapped[str] = mapped_column(String(64), index=True)
    name = sealed("name_sealed")
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_index: Mapped[str] = mapped_column(String(64))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"))
    other_plan_id: Mapped[str | None] = mapped_column(ForeignKey("plan.id"))
    """A second plan version that the person may be judged by, where two apply."""
    registered_on: Mapped[date | None]
    prior_level: Mapped[str | None] = mapped_column(String(32))
    prior_major: Mapped[str | None] = mapped_column(String(60))
    prior_school: Mapped[str | None] = mapped_column(String(60))
    prior_number: Mapped[str | None] = mapped_column(String(40))
    prior_date: Mapped[date | None]
    barred_until: Mapped[date | None]
    """The last day of a penalty for breaking the rules of an examination."""
    id_number_upgraded_at: Mapped[datetime | None]
    """When 15 digits became 18; after that only an identity correction changes the number."""
    graduated_on: Mapped[date | None]
    """Set once the number was used for a graduation."""

    scores: Mapped[list["ScoreRecord"]] = relationship(back_populates="entry")


class ArchiveRecord(Base):
    """A record from before 2003, found by its 5-digit major and 5-digit candidate number."""

    __tablename__ = "archive_record"
    __table_args__ = (UniqueConstraint("major_part", "sequence_part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    major_part: Mapped[str] = mapped_column(String(5))
    sequence_part: Mapped[str] = mapped_column(String(5))
    id_number_index: Mapped[str] = mapped_column(String(64))
    name_index: Mapped[str] = mapped_column(String(64))
    graduated_on: Mapped[date | None]

    scores: Mapped[list["ScoreRecord"]] = relationship(back_populates="archive")


class TransferRecord(Base):
    """Scores that one person brought from another city or, before 2016, another province."""

    __tablename__ = "transfer_record"
    __table_args__ = (
        UniqueConstraint("id_number_index", "kind", "place", "month"),
        one_of("kind", TransferKind),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    id_number_index: Mapped[str] = mapped_column(String(64))
    name_index: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(12))
    """Division code: six digits of a city in the province, or of a province."""
    month: Mapped[str] = mapped_column(String(7))
    """Year and month of the transfer, `2019-05`."""
    graduated_on: Mapped[date | None]

    scores: Mapped[list["ScoreRecord"]] = relationship(back_populates="transfer")


class ScoreRecord(Base):
    """One result of one course, under exactly one of the three kinds of record."""

    __tablename__ = "score_record"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN archive_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN transfer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_holder",
        ),
        CheckConstraint("mark BETWEEN 0 AND 100", name="mark_in_range"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("registry_entry.id"), index=True)
    archive_id: Mapped[UUID | None] = mapped_column(ForeignKey("archive_record.id"), index=True)
    transfer_id: Mapped[UUID | None] = mapped_column(ForeignKey("transfer_record.id"), index=True)
    code: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(80))
    credits: Mapped[int]
    mark: Mapped[int]
    """Out of 100; a grade in words counts as the lowest mark of its band."""
    grade: Mapped[str | None] = mapped_column(String(8))
    """The grade in words, for what is not marked in numbers (良好)."""
    passed_on: Mapped[date]
    void_reason: Mapped[str | None] = mapped_column(String(80))
    """Why the result does not count, if it was annulled."""
    institution: Mapped[str | None] = mapped_column(String(60))
    """The examining university, where practice and thesis depend on it."""
    major_code: Mapped[str | None] = mapped_column(String(8))
    """The major that practice and thesis were done in."""

    entry: Mapped[RegistryEntry | None] = relationship(back_populates="scores")
    archive: Mapped[ArchiveRecord | None] = relationship(back_populates="scores")
    transfer: Mapped[TransferRecord | None] = relationship(back_populates="scores")

    @property
    def is_passed(self) -> bool:
        return self.mark >= PASS_MARK and self.void_reason is None
