"""A release is one immutable bundle: its bytes are stored, so a case never loses its diagram."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base


class Release(Base):
    __tablename__ = "release"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]

    files: Mapped[list["ReleaseFile"]] = relationship(back_populates="release", lazy="raise")


class ReleaseFile(Base):
    """One file of the bundle, under its path in the project (`workflows/sms.toml`)."""

    __tablename__ = "release_file"

    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    release: Mapped[Release] = relationship(back_populates="files", lazy="raise")
