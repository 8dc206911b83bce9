"""The tables of the case engine: what is running, who may act on it, and what has happened."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed

WHILE_OPEN = text("closed_at IS NULL")
WHILE_UNRESOLVED = text("resolved_at IS NULL")


class CaseStatus(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    FINISHED = "finished"


class Case(Base):
    """One run of a process for one owner, pinned to the release it began on."""

    __tablename__ = "case_"
    __table_args__ = (
        Index(
            "uq_case_open_scope",
            "workflow",
            "owner_id",
            "scope",
            unique=True,
            sqlite_where=WHILE_OPEN,
            postgresql_where=WHILE_OPEN,
        ),
        Index("ix_case_owner", "owner_id", "opened_at"),
        Index("ix_case_opened", "opened_at", "id"),
        Index("ix_case_status", "status", "opened_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    workflow: Mapped[str] = mapped_column(String(80))
    release_id: Mapped[UUID] = mapped_column(ForeignKey("release.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    scope: Mapped[str] = mapped_column(String(80), default="")
    """At most one open case for a workflow, an owner and a scope; the domain puts a season here."""
    place: Mapped[str | None] = mapped_column(String(40))
    """Where staff handle the case; staff bound to places see only theirs."""
    status: Mapped[str] = mapped_column(String(12), default=CaseStatus.RUNNING)
    ended_through: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    event_count: Mapped[int] = mapped_column(default=0)
    event_head: Mapped[str] = mapped_column(String(64), default="")
    inbox_count: Mapped[int] = mapped_column(default=0)
    """Messages that came before anyone waited for them."""

    state: Mapped["CaseState"] = relationship(back_populates="case", lazy="raise")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_suspended(self) -> bool:
        return self.status == CaseStatus.SUSPENDED


class CaseState(Base):
    """The engine's state, compressed; a table of its own so that lists never load it."""

    __tablename__ = "case_state"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

    case: Mapped[Case] = relationship(back_populates="state", lazy="raise")


class WorkItem(Base):
    """A user task that is, or was, open."""

    __tablename__ = "work_item"
    __table_args__ = (
        Index("ix_work_item_case", "case_id", "opened_at"),
        Index(
            "ix_work_item_queue",
            "role",
            "opened_at",
            sqlite_where=WHILE_OPEN,
            postgresql_where=WHILE_OPEN,
        ),
        Index(
            "ix_work_item_step",
            "element",
            "opened_at",
            sqlite_where=WHILE_OPEN,
            postgresql_where=WHILE_OPEN,
        ),
        UniqueConstraint("case_id", "task_id", name="uq_work_item_task"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    task_id: Mapped[str] = mapped_column(String(36))
    element: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(80))
    not_same_person_as: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    claimed_until: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[str | None] = mapped_column(String(40))
    """None while open, and for an item that the process withdrew."""

    case: Mapped[Case] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_claimed(self, now: datetime) -> bool:
        return (
            self.claimed_by is not None
            and self.claimed_until is not None
            and self.claimed_until > now
        )


class Answer(Base):
    """What a completed form said."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_case", "case_id", "element", "given_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    work_item_id: Mapped[UUID] = mapped_column(ForeignKey("work_item.id"), unique=True)
    element: Mapped[str] = mapped_column(String(80))
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime]
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    values = sealed("values_sealed")


class Draft(Base):
    """What a person typed without completing: as posted, so that even wrong input comes back."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("case_id", "element", "account_id", name="uq_draft_element"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    element: Mapped[str] = mapped_column(String(80))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    saved_at: Mapped[datetime]
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    values = sealed("values_sealed")


class StoredReply(Base):
    """The answer to one submission, so that the same post is carried out once."""

    __tablename__ = "stored_reply"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """The submission id that the page was shown with."""
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    given_at: Mapped[datetime]
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    values = sealed("values_sealed")


class CatchEvent(Base):
    """A timer or a message that an open case waits for (BPMN: a catch event)."""

    __tablename__ = "catch_event"
    __table_args__ = (
        UniqueConstraint("case_id", "task_id", "element", name="uq_catch_event_task"),
        Index("ix_catch_event_due", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    task_id: Mapped[str] = mapped_column(String(36))
    """The events that follow an event-based gateway share one."""
    element: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str | None] = mapped_column(String(120))
    message: Mapped[str | None] = mapped_column(String(80))
    offered_to: Mapped[str | None] = mapped_column(String(40))
    """The role that is shown a button which sends the message."""
    due_at: Mapped[datetime | None]


class InboxMessage(Base):
    """A message that came before the case waited for it."""

    __tablename__ = "inbox_message"
    __table_args__ = (Index("ix_inbox_message_case", "case_id", "received_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    message: Mapped[str] = mapped_column(String(80))
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    caught_at: Mapped[datetime | None]


class Incident(Base):
    """Something an operator must look at."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_case", "case_id", "opened_at"),
        Index("ix_incident_job", "job_id"),
        Index(
            "ix_incident_open",
            "opened_at",
            "id",
            sqlite_where=WHILE_UNRESOLVED,
            postgresql_where=WHILE_UNRESOLVED,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_.id"))
    element: Mapped[str | None] = mapped_column(String(80))
    job_id: Mapped[UUID | None]
    cause: Mapped[str] = mapped_column(String(500))
    opened_at: Mapped[datetime]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    taken_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str | None] = mapped_column(String(500))
    """What whoever resolved it did about it."""

    def settle(self, by: UUID, at: datetime, note: str | None) -> None:
        """Close it; whoever does that has taken it, if nobody had."""
        if self.taken_by is None:
            self.taken_by, self.taken_at = by, at
        self.resolved_by, self.resolved_at, self.note = by, at, note


class OperatorAct(Base):
    """What an operator did that belongs to no case, and so is in no case's audit. Lines are only
    ever added."""

    __tablename__ = "operator_act"
    __table_args__ = (Index("ix_operator_act_at", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    incident_id: Mapped[UUID | None] = mapped_column(ForeignKey("incident.id"))
    job_id: Mapped[UUID | None]
    note: Mapped[str | None] = mapped_column(String(500))


class Event(Base):
    """One line of a case's audit. Lines are only ever added, and each seals the one before it."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("case_id", "number", name="uq_event_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    element: Mapped[str | None] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
