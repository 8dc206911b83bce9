"""The tables of people: accounts, their roles and sign-ins, codes and captchas asked, counters."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.db import Base, sealed


class Account(Base):
    """A candidate (found by ID number) or a member of staff (found by username)."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("kind IN ('candidate', 'staff')", name="kind"),
        CheckConstraint("kind <> 'staff' OR username IS NOT NULL", name="staff_has_username"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    id_number = sealed("id_number_sealed")
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    name = sealed("name_sealed")
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile = sealed("mobile_sealed")
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_index: Mapped[str | None] = mapped_column(String(64), index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    roles: Mapped[list["AccountRole"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="AccountRole.role"
    )


class AccountRole(Base):
    """A role of an account, for one review site or (without one) for all."""

    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("account_id", "role", "site_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(32))
    site_id: Mapped[str | None] = mapped_column(String(64))

    account: Mapped[Account] = relationship(back_populates="roles")


class SignIn(Base):
    """One browser of one account; only a digest of its token is kept."""

    __tablename__ = "sign_in"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    epoch: Mapped[int]
    address: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    ended_because: Mapped[str | None] = mapped_column(String(16))

    account: Mapped[Account] = relationship()


class CodeChallenge(Base):
    """A one-time code that was asked for. The code itself is derived, and kept nowhere."""

    __tablename__ = "code_challenge"
    __table_args__ = (
        CheckConstraint("tries BETWEEN 0 AND 5", name="tries"),
        Index("ix_code_challenge_mobile_index_created_at", "mobile_index", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(32))
    mobile_index: Mapped[str] = mapped_column(String(64))
    bound_index: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    decoy: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class CaptchaChallenge(Base):
    """A captcha that was shown to one browser; its answer is derived, and kept nowhere."""

    __tablename__ = "captcha_challenge"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bound_index: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Counter(Base):
    """How often something happened since its window began."""

    __tablename__ = "counter"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    count: Mapped[int]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
