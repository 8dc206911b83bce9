"""Certificates, the exemptions asked for with them, and everything that was decided about them."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of, unique_while
from engine.declaration.models.plans import CertificateType


class ExemptionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"


class SubmissionState(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    RECALLED = "recalled"


class Certificate(Base):
    """A certificate with its image; a corrected one is a new row that names the one it replaces."""

    __tablename__ = "certificate"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    owner_id: Mapped[UUID]
    type_id: Mapped[str] = mapped_column(ForeignKey("certificate_type.id"))
    number = sealed("number_sealed")
    number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    number_index: Mapped[str] = mapped_column(String(64), index=True)
    details = sealed("details_sealed")
    """The other fields of the type as a JSON text (holder, grade, session, school …)."""
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    score: Mapped[int | None]
    level: Mapped[str | None] = mapped_column(String(32))
    issued_on: Mapped[date | None]
    file_id: Mapped[UUID]
    evidence_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the image: a decision names the evidence it was made on."""
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"))
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    type: Mapped[CertificateType] = relationship()
    exemptions: Mapped[list["Exemption"]] = relationship(back_populates="certificate")


class CertificateNumber(Base):
    """Whose a certificate number is; the primary key keeps a second candidate from using it.

    The row goes when its owner deletes the last certificate with that number."""

    __tablename__ = "certificate_number"

    number_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner_id: Mapped[UUID]


class CertificateSubmission(Base):
    """One hand-in of certificates for courses: what the reviewers' 24 hours are counted for."""

    __tablename__ = "certificate_submission"
    __table_args__ = (
        one_of("state", SubmissionState),
        unique_while(
            "uq_certificate_submission_open", "declaration_id", condition="state = 'open'"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=SubmissionState.OPEN)
    submitted_at: Mapped[datetime]
    remind_at: Mapped[datetime]
    due_at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    exemptions: Mapped[list["Exemption"]] = relationship(back_populates="submission")


class Exemption(Base):
    """A certificate for one course of the plan; only an approved one counts in the match."""

    __tablename__ = "exemption"
    __table_args__ = (
        one_of("state", ExemptionState),
        unique_while(
            "uq_exemption_course", "declaration_id", "course_code", condition="removed_at IS NULL"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), index=True)
    submission_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("certificate_submission.id"), index=True
    )
    course_code: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(16), default=ExemptionState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    reason_code: Mapped[str | None] = mapped_column(String(32))
    reason_text: Mapped[str | None] = mapped_column(String(200))
    chosen_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    removed_at: Mapped[datetime | None]

    certificate: Mapped[Certificate] = relationship(back_populates="exemptions")
    submission: Mapped[CertificateSubmission | None] = relationship(back_populates="exemptions")
    decisions: Mapped[list["ExemptionDecision"]] = relationship(
        back_populates="exemption", order_by="ExemptionDecision.decided_at"
    )


class ExemptionDecision(Base):
    """One decision of a reviewer on one version of an exemption; rows are never changed.

    `applied_at` is empty between the reviewer's answer and `declaration.apply_decisions`."""

    __tablename__ = "exemption_decision"
    __table_args__ = (UniqueConstraint("exemption_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    exemption_id: Mapped[UUID] = mapped_column(ForeignKey("exemption.id"))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_submission.id"), index=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    version: Mapped[int]
    evidence_hash: Mapped[str] = mapped_column(String(64))
    is_approved: Mapped[bool]
    reason_code: Mapped[str | None] = mapped_column(String(32))
    reason_text: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID]
    applied_at: Mapped[datetime | None]

    exemption: Mapped[Exemption] = relationship(back_populates="decisions")
