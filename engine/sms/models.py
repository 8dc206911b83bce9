"""The texts that were to be sent, to whom and with what came of them; never a one-time code."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.db import Base, sealed


class SmsState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    EXPIRED = "expired"
    FAILED = "failed"


class Sms(Base):
    """One text: the key of its body, the values that fill it, and how far it has come."""

    __tablename__ = "sms"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'expired', 'failed')", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    mobile = sealed("mobile_sealed")
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_index: Mapped[str] = mapped_column(String(64), index=True)
    text_key: Mapped[str] = mapped_column(String(60))
    params = sealed("params_sealed")
    params_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(8), default="zh")
    case_id: Mapped[UUID | None] = mapped_column(index=True)
    challenge_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(10), default=SmsState.WAITING, index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    provider_reference: Mapped[str | None] = mapped_column(String(80))
