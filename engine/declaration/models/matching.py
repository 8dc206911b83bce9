"""The stored match, the checklists made from it, and the transcript frozen at submission."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, sealed
from engine.declaration.models.columns import one_of


class CheckKind(StrEnum):
    FORECAST = "forecast"
    CHECK = "check"


class CourseMatch(Base):
    """The match of one declaration. It is solved outside any lock and stored with its inputs' hash.

    `choices` are the candidate's own (`matching.Choices.as_json`), `past_choices` those before
    them, newest last, for undo. `is_stale` means that the inputs may have changed since."""

    __tablename__ = "course_match"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), unique=True)
    inputs_hash: Mapped[str | None] = mapped_column(String(64))
    is_stale: Mapped[bool] = mapped_column(default=True)
    match: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """`matching.Match.as_json`; empty until it was solved once."""
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    past_choices: Mapped[list[Any]] = mapped_column(default=list)
    solved_at: Mapped[datetime | None]


class GraduationCheck(Base):
    """One reading of the conditions, line by line: the forecast, or the check that gates."""

    __tablename__ = "graduation_check"
    __table_args__ = (one_of("kind", CheckKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    is_met: Mapped[bool]
    courses: Mapped[int]
    credits: Mapped[int]
    lines: Mapped[list[Any]]
    """`graduation.Line.as_json` in order."""
    checked_at: Mapped[datetime]


class Transcript(Base):
    """What was submitted, frozen: the records, the match and the checklist as they stood then."""

    __tablename__ = "transcript"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    declaration_id: Mapped[UUID] = mapped_column(ForeignKey("declaration.id"), unique=True)
    content = sealed("content_sealed")
    """A JSON text."""
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    frozen_at: Mapped[datetime]
