"""Codes to phones on the fixed pages: which challenge this browser is answering."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import request, session
from sqlalchemy.orm import Session

from engine.errors import Refused, Throttled
from engine.i18n import gettext as _
from engine.people import captchas, codes, limits
from engine.people.codes import Challenge, CodeResult
from webapp.account.forms import CaptchaForm
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.identity import browser


class WrongCaptcha(Refused):
    """The captcha was wrong, used or too old; a new one is on the page."""


def require_captcha(captcha_id: str, answer: str) -> None:
    """Use up the captcha that the page showed."""
    bound_to, now = browser(), engine().clock.now()
    is_right = carry_out(
        lambda s: captchas.check(
            s, _uuid(captcha_id), answer or "", bound_to, now, engine().captcha_source
        )
    )
    if not is_right:
        raise WrongCaptcha(_("图形验证码不正确或已过期，请输入新图片中的数字。"))


def send_code(
    purpose: str,
    mobile: str,
    *,
    about: Sequence[str] = (),
    is_real: bool = True,
    told_instead: str | None = None,
) -> Challenge:
    """Send a code to a phone, or pretend to; this browser remembers which one it answers.

    `about` holds what was asserted when it was asked for: the code opens nothing else. Where it
    may open nothing at all, the phone is told the text `told_instead`, or nothing.
    """
    bound_to, now, address = _bound_to(about), engine().clock.now(), request.remote_addr or ""

    def command(s: Session) -> Challenge:
        if not limits.CODES_FROM_ADDRESS.hit(s, address, now):
            raise Throttled(_("这个网络获取验证码的次数过多，请一小时后再试。"))
        if is_real:
            return codes.challenge(s, purpose, mobile, now=now, bound_to=bound_to)
        return codes.decoy(s, purpose, mobile, now=now, bound_to=bound_to, text=told_instead)

    asked = carry_out(command)
    if asked.id:
        session[f"challenge:{purpose}"] = str(asked.id)
    return asked


def check_code(
    purpose: str, mobile: str, form: CaptchaForm, *, about: Sequence[str] = ()
) -> CodeResult:
    """Check a code against the challenge of this browser; a wrong one costs a try at once.

    While codes are being guessed all over the place, each check costs a captcha too.
    """
    if are_guessed():
        require_captcha(form.captcha_id.data, form.captcha.data)
    challenge_id, code = _uuid(session.get(f"challenge:{purpose}", "")), form.code.data
    bound_to, now = _bound_to(about), engine().clock.now()
    return carry_out(
        lambda s: codes.check(
            s, challenge_id, code, purpose=purpose, mobile=mobile, now=now, bound_to=bound_to
        )
    )


def are_guessed() -> bool:
    """Tell whether someone is trying codes across accounts, so that captchas are due."""
    return codes.is_guessed_at(reading(), engine().clock.now())


def sentence_about(result: CodeResult) -> str:
    if result.dead:
        return _("验证码不正确或已失效，请重新获取。")
    return _("验证码不正确，还可以再试 %(n)s 次。", n=result.tries_left)


def sentence_about_sending(asked: Challenge, now: datetime) -> str:
    """What to show above the form after 获取短信验证码 was pressed."""
    if asked.sent:
        return _("如果信息无误，验证码已发送到您的手机，5 分钟内有效。")
    return asked.reason


def _bound_to(about: Sequence[str]) -> str:
    return "\0".join([browser(), *about])


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
