"""One-time codes and captchas are used once and in time; whoever may not sign in does not."""

from collections.abc import Iterator

from sqlalchemy import and_, or_, select

from engine.declaration.consistency.survey import Finding, Survey
from engine.people.code_requests import TRIES
from engine.people.models import Account, CaptchaChallenge, CodeChallenge, SignIn


def codes_were_used_in_time(survey: Survey) -> Iterator[Finding]:
    """At most five tries, never after the expiry, and never one that opens nothing."""
    used = CodeChallenge.used_at
    for row in survey.each(
        select(CodeChallenge)
        .where(
            or_(
                ~CodeChallenge.tries.between(0, TRIES),
                used > CodeChallenge.expires_at,
                used < CodeChallenge.created_at,
                and_(used.is_not(None), or_(CodeChallenge.decoy, CodeChallenge.tries == 0)),
            )
        )
        .order_by(CodeChallenge.id)
    ):
        yield f"code {row.id}", f"{row.tries} tries, used out of order or out of time"
    for row_id in survey.each(
        select(CaptchaChallenge.id)
        .where(CaptchaChallenge.used_at > CaptchaChallenge.expires_at)
        .order_by(CaptchaChallenge.id)
    ):
        yield f"captcha {row_id}", "used after it had expired"


def sign_ins_are_allowed(survey: Survey) -> Iterator[Finding]:
    """No browser was seen after its account was disabled, or with an epoch that never was."""
    for sign_in_id in survey.each(
        select(SignIn.id)
        .join(SignIn.account)
        .where(
            or_(
                SignIn.epoch > Account.epoch,
                and_(Account.disabled_at.is_not(None), SignIn.seen_at > Account.disabled_at),
            )
        )
        .order_by(SignIn.id)
    ):
        yield f"sign-in {sign_in_id}", "its account does not allow it"
