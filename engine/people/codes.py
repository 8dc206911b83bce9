"""One-time codes for a phone: asked for within limits, good for five minutes, one use, five tries.

A code is derived from a server key and its challenge's id when it is sent and when it is checked;
no table, job or log holds it. It opens nothing but what it was asked for: its purpose, its mobile
and whatever it was bound to.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import sms
from engine.db import lookup_index
from engine.db.envelope import keyring
from engine.people import limits
from engine.people.code_requests import (
    LASTS,
    TRIES,
    CodeRequest,
    add,
    newest_open,
    opens_for,
    refusal,
)
from engine.people.models import CodeChallenge

DIGITS = 6
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Challenge:
    """What came of asking for a code. When none was sent, `reason` says why, and `id` is that of
    the code sent before, if that one still counts."""

    id: UUID | None
    expires_at: datetime
    sent: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeResult:
    """Whether the code was right; when it was not, how many tries are left."""

    right: bool
    tries_left: int
    dead: bool


def challenge(
    session: Session,
    purpose: str,
    mobile: str,
    *,
    now: datetime,
    account_id: UUID | None = None,
    bound_to: str = "",
    case_id: UUID | None = None,
) -> Challenge:
    """Send a code to the mobile, unless it was sent too many lately."""
    request = CodeRequest(purpose, mobile, bound_to, now)
    reason = refusal(session, request)
    if reason:
        return _earlier(session, request, reason)
    row = add(session, request, decoy=False, account_id=account_id)
    sms.send(
        session,
        mobile=mobile,
        text="code",
        values={"minutes": int(LASTS.total_seconds()) // 60},
        now=now,
        case_id=case_id,
        challenge_id=row.id,
        expires_at=row.expires_at,
    )
    return Challenge(row.id, row.expires_at, sent=True)


def decoy(
    session: Session,
    purpose: str,
    mobile: str,
    *,
    now: datetime,
    bound_to: str = "",
    text: str | None = None,
) -> Challenge:
    """Answer like `challenge` where no code may open anything: nobody can tell from the page.

    The limits hold all the same. `text` names what the phone is told instead, if it is told.
    """
    request = CodeRequest(purpose, mobile, bound_to, now)
    reason = refusal(session, request)
    if reason:
        return _earlier(session, request, reason)
    row = add(session, request, decoy=True)
    if text:
        sms.send(session, mobile=mobile, text=text, values={}, now=now, expires_at=row.expires_at)
    return Challenge(row.id, row.expires_at, sent=True)


def check(
    session: Session,
    challenge_id: UUID | None,
    code: str,
    *,
    purpose: str,
    mobile: str,
    now: datetime,
    bound_to: str = "",
) -> CodeResult:
    """Use up the challenge with the right code, or one of its tries with a wrong one."""
    request = CodeRequest(purpose, mobile, bound_to, now)
    tries = _take_a_try(session, challenge_id, request) if challenge_id else None
    if challenge_id is None or tries is None or _too_many_wrong(session, request):
        return CodeResult(right=False, tries_left=0, dead=True)
    if _matches(challenge_id, code) and _use(session, challenge_id, now):
        return CodeResult(right=True, tries_left=0, dead=True)
    _count_wrong(session, request)
    return CodeResult(right=False, tries_left=TRIES - tries, dead=tries >= TRIES)


def is_guessed_at(session: Session, now: datetime) -> bool:
    """Tell whether so many codes were wrong of late that captchas are due everywhere."""
    return limits.WRONG_CODES_IN_ALL.is_spent(session, "", now)


def code_of(challenge_id: UUID) -> str:
    """Derive the code; its leading zeros belong to it."""
    digest = keyring().code_digest(f"code:{challenge_id}")
    return f"{int.from_bytes(digest[:16]) % 10**DIGITS:0{DIGITS}}"


def _earlier(session: Session, request: CodeRequest, reason: str) -> Challenge:
    row = newest_open(session, request)
    if row is None:
        return Challenge(None, request.now + LASTS, sent=False, reason=reason)
    return Challenge(row.id, row.expires_at, sent=False, reason=reason)


def _take_a_try(session: Session, challenge_id: UUID, request: CodeRequest) -> int | None:
    """Count one try and return which it was, or none when the challenge is not open."""
    return session.scalar(
        update(CodeChallenge)
        .where(CodeChallenge.id == challenge_id, *opens_for(request))
        .values(tries=CodeChallenge.tries + 1)
        .returning(CodeChallenge.tries)
        .execution_options(synchronize_session=False)
    )


def _matches(challenge_id: UUID, code: str) -> bool:
    typed = "".join(code.translate(FULL_WIDTH).split())
    return hmac.compare_digest(code_of(challenge_id).encode(), typed.encode())


def _use(session: Session, challenge_id: UUID, now: datetime) -> bool:
    used = session.scalars(
        update(CodeChallenge)
        .where(
            CodeChallenge.id == challenge_id,
            CodeChallenge.used_at.is_(None),
            CodeChallenge.decoy.is_(False),
        )
        .values(used_at=now)
        .returning(CodeChallenge.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(used)


def _too_many_wrong(session: Session, request: CodeRequest) -> bool:
    return limits.WRONG_CODES.is_spent(session, _guesser(request), request.now)


def _count_wrong(session: Session, request: CodeRequest) -> None:
    limits.WRONG_CODES.hit(session, _guesser(request), request.now)
    if not limits.WRONG_CODES_IN_ALL.hit(session, "", request.now):
        log.error("codes are being guessed")


def _guesser(request: CodeRequest) -> str:
    # What the code is bound to belongs to the subject: a stranger who guesses from another
    # browser cannot keep the owner of the phone out.
    return lookup_index(f"{request.mobile}\0{request.bound_to}", "guesser")
