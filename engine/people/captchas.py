"""Captchas: a picture or a sound of five digits, good once, for five minutes, in one browser.

The answer is derived from a server key when it is drawn, spoken or checked, and kept nowhere.
"""

import hmac
import io
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.db import lookup_index
from engine.db.envelope import keyring
from engine.errors import NotFound
from engine.i18n import gettext as _
from engine.people.models import CaptchaChallenge

LASTS = timedelta(minutes=5)
DIGITS = 5
DRAWN = "02345689"
"""1 and 7 look alike in a distorted picture."""
WIDTH, HEIGHT = 200, 70
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


class CaptchaGone(NotFound):
    """There is no such captcha for this browser, or its time is over."""


@dataclass(frozen=True, slots=True)
class Captcha:
    """One captcha as the page names it."""

    id: UUID
    expires_at: datetime


class CaptchaSource(Protocol):
    """Who chooses the answers."""

    def answer(self, captcha_id: UUID) -> str: ...


class DerivedAnswers:
    """Digits that nobody can foresee without the server's key."""

    def answer(self, captcha_id: UUID) -> str:
        digest = keyring().code_digest(f"captcha:{captcha_id}")
        return "".join(DRAWN[byte % len(DRAWN)] for byte in digest[:DIGITS])


DERIVED = DerivedAnswers()


def new(session: Session, bound_to: str, now: datetime) -> Captcha:
    """Make a captcha for the browser that `bound_to` names."""
    row = CaptchaChallenge(
        bound_index=lookup_index(bound_to, "bound_to"), created_at=now, expires_at=now + LASTS
    )
    session.add(row)
    session.flush()
    return Captcha(row.id, row.expires_at)


def image(
    session: Session,
    captcha_id: UUID,
    bound_to: str,
    now: datetime,
    source: CaptchaSource = DERIVED,
) -> bytes:
    """Draw it as PNG; every drawing of the same answer looks different."""
    _require_open(session, captcha_id, bound_to, now)
    picture = ImageCaptcha(width=WIDTH, height=HEIGHT, font_sizes=(44, 50, 56))
    drawn: io.BytesIO = picture.generate(source.answer(captcha_id))
    return drawn.getvalue()


def audio(
    session: Session,
    captcha_id: UUID,
    bound_to: str,
    now: datetime,
    source: CaptchaSource = DERIVED,
) -> bytes:
    """Speak it as WAV."""
    _require_open(session, captcha_id, bound_to, now)
    return bytes(AudioCaptcha().generate(source.answer(captcha_id)))


def check(
    session: Session,
    captcha_id: UUID | None,
    answer: str,
    bound_to: str,
    now: datetime,
    source: CaptchaSource = DERIVED,
) -> bool:
    """Use the captcha up and tell whether the answer was right; a wrong answer uses it up too."""
    if captcha_id is None or not _use_up(session, captcha_id, bound_to, now):
        return False
    typed = "".join(answer.translate(FULL_WIDTH).split())
    return hmac.compare_digest(typed.encode(), source.answer(captcha_id).encode())


def fresh_binding() -> str:
    """Return a name for a browser that is not signed in yet."""
    return secrets.token_urlsafe(24)


def _require_open(session: Session, captcha_id: UUID, bound_to: str, now: datetime) -> None:
    found = session.scalar(
        select(CaptchaChallenge.id).where(
            CaptchaChallenge.id == captcha_id,
            CaptchaChallenge.bound_index == lookup_index(bound_to, "bound_to"),
            CaptchaChallenge.used_at.is_(None),
            CaptchaChallenge.expires_at > now,
        )
    )
    if found is None:
        raise CaptchaGone(_("图形验证码已失效，请换一张。"))


def _use_up(session: Session, captcha_id: UUID, bound_to: str, now: datetime) -> bool:
    used = session.scalars(
        update(CaptchaChallenge)
        .where(
            CaptchaChallenge.id == captcha_id,
            CaptchaChallenge.bound_index == lookup_index(bound_to, "bound_to"),
            CaptchaChallenge.used_at.is_(None),
            CaptchaChallenge.expires_at > now,
        )
        .values(used_at=now)
        .returning(CaptchaChallenge.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(used)
