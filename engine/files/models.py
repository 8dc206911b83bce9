"""The rows that give a stored content its name, its owner and its case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, sealed


class File(Base):
    """One file as somebody knows it; two rows may share a content. A row never changes."""

    __tablename__ = "file"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name = sealed("name_sealed")
    owner_id: Mapped[UUID | None] = mapped_column(index=True)
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("size >= 0", name="size_not_negative"),)
