"""Sign in with a password, check the phone, sign out."""

from flask import abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.declaration import accounts as candidate_accounts
from engine.declaration import identity
from engine.errors import Refused, Throttled
from engine.i18n import gettext as _
from engine.people import limits, passwords, sign_ins
from engine.people.masks import mask_mobile
from engine.people.models import Account
from webapp.access import candidate, public
from webapp.account import codes, forms
from webapp.account.blueprint import blueprint
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.fixed_forms import local_path, show, wrong
from webapp.identity import (
    is_signed_in,
    person,
    sign_in,
    sign_out,
    token,
    why_again,
)


@blueprint.get("/sign-in")
@public
def sign_in_page() -> ResponseReturnValue:
    if is_signed_in() and person().kind == "candidate":
        return redirect(local_path(request.args.get("next")) or url_for("candidate.home"), 303)
    notice = why_again()
    return show("account/sign_in.html", forms.sign_in_form(), captcha=True, notice=notice)


@blueprint.post("/sign-in")
@public
def submit_sign_in() -> ResponseReturnValue:
    form = forms.sign_in_form()
    if not form.validate():
        return wrong("account/sign_in.html", form, captcha=True)
    try:
        admission_number = identity.read_admission_number(form.admission_number.data)
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
        account = candidate_accounts.find_account(reading(), admission_number)
        authenticate(account, form.password.data, subject=admission_number)
    except identity.NumberWrong as refused:
        form.admission_number.errors = [str(refused)]
        return wrong("account/sign_in.html", form, captcha=True)
    except codes.WrongCaptcha as refused:
        form.captcha.errors = [str(refused)]
        return wrong("account/sign_in.html", form, captcha=True)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong("account/sign_in.html", form, captcha=True)
    return redirect(local_path(request.args.get("next")) or url_for("candidate.home"), 303)


@blueprint.post("/sign-out")
@public
def leave() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("account.notices"), 303)


@blueprint.get("/sign-in/verify")
@candidate
def verify() -> ResponseReturnValue:
    masked, is_watchful = mask_mobile(_own_mobile()), codes.are_guessed()
    return show("account/verify.html", forms.code_form(), captcha=is_watchful, mobile=masked)


@blueprint.post("/sign-in/verify")
@candidate
def submit_verification() -> ResponseReturnValue:
    page, form, mobile = "account/verify.html", forms.code_form(), _own_mobile()
    masked, is_watchful = mask_mobile(mobile), codes.are_guessed()
    try:
        if request.form.get("do") == "send_code":
            notice = _send_own_code(mobile, form)
            return show(page, form, captcha=is_watchful, mobile=masked, notice=notice)
        if not form.validate():
            return wrong(page, form, captcha=is_watchful, mobile=masked)
        result = codes.check_code("sign-in", mobile, form)
    except codes.WrongCaptcha as refused:
        form.captcha.errors = [str(refused)]
        return wrong(page, form, captcha=True, mobile=masked)
    if not result.right:
        form.code.errors = [codes.sentence_about(result)]
        return wrong(page, form, captcha=is_watchful, mobile=masked)
    mark_verified()
    return redirect(local_path(request.args.get("next")) or url_for("candidate.home"), 303)


def authenticate(account: Account | None, password: str, *, subject: str) -> None:
    """Sign in, or refuse with the same sentence and the same work whatever was wrong."""
    address, now = request.remote_addr or "", engine().clock.now()
    failures = (
        (limits.SIGN_IN_FAILURES, f"{subject}|{address}"),
        (limits.SIGN_IN_FAILURES_FROM_ADDRESS, address),
    )
    if any(limit.is_spent(reading(), key, now) for limit, key in failures):
        raise Throttled(_("登录失败次数过多，请一小时后再试，或使用忘记密码。"))
    usable = account if account is not None and account.disabled_at is None else None
    if usable is None or not passwords.verify(password, usable.password_hash):
        if usable is None:
            passwords.verify(password, None)
        carry_out(lambda s: [limit.hit(s, key, now) for limit, key in failures])
        raise Refused(_("登录信息不正确，请核对后重新输入。"))
    sign_in(usable)


def mark_verified() -> None:
    """Note that the phone was checked during this sign-in; the token changes with the right."""
    begun, now = token(), engine().clock.now()
    renewed = carry_out(lambda s: sign_ins.mark_verified(s, begun, now))
    if renewed:
        session["_user_id"] = renewed


def _send_own_code(mobile: str, form: forms.LocalForm) -> str:
    """Send a code to who is signed in; from the third of the day on a captcha comes first."""
    key, now = str(person().account_id), engine().clock.now()
    is_watchful = codes.are_guessed()
    if not carry_out(lambda s: limits.CODES_WITHOUT_CAPTCHA.hit(s, key, now)) or is_watchful:
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
    return codes.sentence_about_sending(codes.send_code("sign-in", mobile), now)


def _own_mobile() -> str:
    account = reading().get_one(Account, person().account_id)
    if not account.mobile:
        abort(409)
    return account.mobile
