"""The photo, the issued documents and how the registration form reached its owner."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of, unique_while


class DocumentKind(StrEnum):
    REGISTRATION_FORM = "registration_form"
    APPLICATION_FORM = "application_form"
    TRANSCRIPT = "transcript"
    MAILING_SLIP = "mailing_slip"
    RECEIPT = "receipt"


class IssueState(StrEnum):
    REQUESTED = "requested"
    ISSUED = "issued"
    REFUSED = "refused"


class DispatchMethod(StrEnum):
    PICK_UP = "pick_up"
    MAIL = "mail"


class Photo(Base):
    """One uploaded photo; the newest is the one that is not replaced."""

    __tablename__ = "photo"
    __table_args__ = (
        unique_while("uq_photo_current", "declaration_id", condition="replaced_at IS NULL"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    file_id: Mapped[UUID]
    version: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    advice: Mapped[list[str]] = mapped_column(default=list)
    """What the checks that only advise have said, as codes."""
    uploaded_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class DocumentIssue(Base):
    """One version of one document; a public page checks its verification code."""

    __tablename__ = "document_issue"
    __table_args__ = (
        UniqueConstraint("declaration_id", "kind", "version"),
        one_of("kind", DocumentKind),
        one_of("state", IssueState),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=IssueState.REQUESTED)
    verification_code: Mapped[str] = mapped_column(String(32), unique=True)
    file_id: Mapped[UUID | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the PDF, so that a copy can be compared."""
    problem: Mapped[str | None] = mapped_column(String(200))
    """Why it was refused: the characters that no font can print."""
    requested_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]


class Dispatch(Base):
    """The registration form handed over or sent; staff record it after the case has ended."""

    __tablename__ = "dispatch"
    __table_args__ = (one_of("method", DispatchMethod),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), unique=True)
    method: Mapped[str] = mapped_column(String(16))
    tracking_number: Mapped[str | None] = mapped_column(String(20))
    receiver = sealed("receiver_sealed")
    """Who it was handed to, or the address it went to, as a JSON text."""
    receiver_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    dispatched_at: Mapped[datetime]
    dispatched_by: Mapped[UUID]
    delivered_at: Mapped[datetime | None]
