"""A request for a one-time code: whether it may be met now, and the row it leaves behind."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.i18n import gettext as _
from engine.people import counters, limits
from engine.people.models import CodeChallenge

LASTS = timedelta(minutes=5)
TRIES = 5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """Who wants a code for what; a code opens only a request that is equal in all of it."""

    purpose: str
    mobile: str
    bound_to: str
    now: datetime

    @property
    def mobile_index(self) -> str:
        return lookup_index(self.mobile, "mobile")

    @property
    def bound_index(self) -> str:
        return lookup_index(self.bound_to, "bound_to")


def refusal(session: Session, request: CodeRequest) -> str:
    """Return why no code may be sent now, `""` when one may."""
    # The counter's row is locked until this transaction ends: two requests for one phone queue
    # here, and the second sees the first one's challenge.
    key = f"codes-of:{request.mobile_index}"
    counters.hit(session, key, window=limits.DAY, limit=0, now=request.now)
    for window, most in limits.CODES_OF_MOBILE:
        if _sent_within(session, request, window) >= most:
            return _too_often(window)
    for limit in (limits.CODES_IN_ALL, limits.CODES_IN_A_DAY):
        if not limit.hit(session, "", request.now):
            log.error("sms budget spent", limit=limit.name)
            return _("短信发送繁忙，请稍后再试。")
    return ""


def add(
    session: Session, request: CodeRequest, *, decoy: bool, account_id: UUID | None = None
) -> CodeChallenge:
    """Write down that a code was asked for."""
    row = CodeChallenge(
        purpose=request.purpose,
        mobile_index=request.mobile_index,
        bound_index=request.bound_index,
        account_id=account_id,
        decoy=decoy,
        tries=0,
        created_at=request.now,
        expires_at=request.now + LASTS,
    )
    session.add(row)
    session.flush()
    return row


def newest_open(session: Session, request: CodeRequest) -> CodeChallenge | None:
    """Return the challenge that an earlier, equal request left open."""
    return session.scalar(
        select(CodeChallenge)
        .where(*opens_for(request))
        .order_by(CodeChallenge.created_at.desc(), CodeChallenge.id)
        .limit(1)
    )


def opens_for(request: CodeRequest) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a challenge may still be answered."""
    return (
        CodeChallenge.purpose == request.purpose,
        CodeChallenge.mobile_index == request.mobile_index,
        CodeChallenge.bound_index == request.bound_index,
        CodeChallenge.used_at.is_(None),
        CodeChallenge.expires_at > request.now,
        CodeChallenge.tries < TRIES,
    )


def _sent_within(session: Session, request: CodeRequest, window: timedelta) -> int:
    sent = select(func.count()).where(
        CodeChallenge.mobile_index == request.mobile_index,
        CodeChallenge.created_at > request.now - window,
    )
    return session.scalar(sent) or 0


def _too_often(window: timedelta) -> str:
    if window == limits.MINUTE:
        return _("验证码刚刚发送过，请等待 60 秒后再获取。")
    if window == limits.HOUR:
        return _("这个手机号码一小时内获取验证码的次数已达上限，请一小时后再试。")
    return _("这个手机号码今天获取验证码的次数已达上限，请明天再试。")
