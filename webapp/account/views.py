"""The pages before and around a declaration: everything a person does with their account."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import sms
from engine.declaration import accounts as candidate_accounts
from engine.declaration import identity
from engine.errors import Refused, Throttled
from engine.i18n import LANGUAGES
from engine.i18n import gettext as _
from engine.people import accounts, captchas, limits, mobiles, passwords, sign_ins
from engine.people.codes import Challenge
from engine.people.masks import mask_mobile
from engine.people.models import Account
from webapp.access import candidate, public, signed_in
from webapp.account import codes, forms, registration
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.fixed_forms import local_path, show, wrong
from webapp.identity import (
    browser,
    is_signed_in,
    person,
    sign_in,
    sign_out,
    token,
    why_again,
)
from webapp.security import csrf

blueprint = Blueprint("account", __name__)


@blueprint.get("/")
@public
def notices() -> ResponseReturnValue:
    if is_signed_in():
        return redirect(url_for("candidate.home"), 303)
    return render_template("account/notices.html")


@blueprint.get("/help")
@public
def help_page() -> ResponseReturnValue:
    return render_template("account/help.html")


@blueprint.get("/register")
@public
def register() -> ResponseReturnValue:
    return show("account/register.html", forms.registration_form(), captcha=True)


@blueprint.post("/register")
@public
def submit_registration() -> ResponseReturnValue:
    page, form = "account/register.html", forms.registration_form()
    if request.form.get("do") == "send_code":
        return _send_registration_code(page, form)
    is_complete, facts = form.validate(), registration.read(form)
    if not is_complete or facts is None:
        return wrong(page, form, captcha=True)
    try:
        _require_good_password(form, facts.words)
        result = codes.check_code("register", facts.mobile, form, about=facts.words)
        if not result.right:
            form.code.errors = [codes.sentence_about(result)]
            return wrong(page, form, captcha=True)
        claim = facts.with_password(passwords.hash(form.password.data))
        carry_out(lambda s: _open_account(s, claim, engine().clock.now()))
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong(page, form, captcha=True)
    return redirect(url_for("account.registered"), 303)


@blueprint.get("/registered")
@public
def registered() -> ResponseReturnValue:
    return render_template("account/done.html", sentence=_("注册成功，请返回登录界面进行登录！"))


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


@blueprint.post("/sign-out")
@public
def leave() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("account.notices"), 303)


@blueprint.get("/forgotten-password")
@public
def forgotten_password() -> ResponseReturnValue:
    return show("account/forgotten_password.html", forms.forgotten_password_form(), captcha=True)


@blueprint.post("/forgotten-password")
@public
def reset_password() -> ResponseReturnValue:
    page, form = "account/forgotten_password.html", forms.forgotten_password_form()
    if request.form.get("do") == "send_code":
        return _send_code_for_password(page, form)
    if not form.validate():
        return wrong(page, form, captcha=True)
    try:
        mobile = mobiles.normalise(form.mobile.data)
        _require_good_password(form, [form.admission_number.data, mobile])
        account = _owner_of(form.admission_number.data, mobile)
        result = codes.check_code("forgotten password", mobile, form)
        if account is None or not result.right:
            form.code.errors = [codes.sentence_about(result)]
            return wrong(page, form, captcha=True)
        # Only who has given the code may learn what the account knows of its owner.
        _require_good_password(form, _facts_of(account))
        _change_password(account, form.password.data)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong(page, form, captcha=True)
    return redirect(url_for("account.password_changed"), 303)


@blueprint.get("/password-changed")
@public
def password_changed() -> ResponseReturnValue:
    return render_template("account/done.html", sentence=_("密码修改成功，请回主页面登录"))


@blueprint.get("/password")
@blueprint.get("/staff/password", endpoint="staff_password_page")
@signed_in
def password_page() -> ResponseReturnValue:
    return show("account/password.html", forms.password_form())


@blueprint.post("/password")
@blueprint.post("/staff/password", endpoint="change_staff_password")
@signed_in
def change_password() -> ResponseReturnValue:
    form = forms.password_form()
    if not form.validate():
        return wrong("account/password.html", form)
    account = reading().get_one(Account, person().account_id)
    try:
        if not _is_own_password(account, form.current.data):
            form.current.errors = [_("原密码不正确。")]
            return wrong("account/password.html", form)
        _require_good_password(form, _facts_of(account))
        _change_password(account, form.password.data, keep_token=token())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong("account/password.html", form)
    back = url_for("candidate.home" if person().kind == "candidate" else "review.queue")
    return render_template(
        "account/done.html", sentence=_("密码已修改，其他设备上的登录已经退出。"), back=back
    )


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


def mark_verified() -> None:
    """Note that the phone was checked during this sign-in; the token changes with the right."""
    begun, now = token(), engine().clock.now()
    renewed = carry_out(lambda s: sign_ins.mark_verified(s, begun, now))
    if renewed:
        session["_user_id"] = renewed


@blueprint.get("/captchas/new")
@public
def new_captcha() -> ResponseReturnValue:
    """A fresh picture for whoever can't read this one: the page is shown again with a new one."""
    target = local_path(request.args.get("from")) or url_for("account.sign_in_page")
    return redirect(target, 303)


@blueprint.get("/captchas/<uuid:captcha_id>.png")
@blueprint.get("/staff/captchas/<uuid:captcha_id>.png", endpoint="staff_captcha_image")
@public
def captcha_image(captcha_id: UUID) -> ResponseReturnValue:
    _limit_captchas()
    now, source = engine().clock.now(), engine().captcha_source
    content = captchas.image(reading(), captcha_id, browser(), now, source)
    return Response(content, mimetype="image/png")


@blueprint.get("/captchas/<uuid:captcha_id>.wav")
@blueprint.get("/staff/captchas/<uuid:captcha_id>.wav", endpoint="staff_captcha_audio")
@public
def captcha_audio(captcha_id: UUID) -> ResponseReturnValue:
    _limit_captchas()
    now, source = engine().clock.now(), engine().captcha_source
    content = captchas.audio(reading(), captcha_id, browser(), now, source)
    return Response(content, mimetype="audio/wav")


@blueprint.post("/language")
@blueprint.post("/staff/language", endpoint="choose_staff_language")
@public
def choose_language() -> ResponseReturnValue:
    wanted = request.form.get("language", "zh")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(local_path(request.form.get("return_to")) or url_for("account.notices"), 303)


@blueprint.post("/csp-report")
@csrf.exempt
@public
def csp_report() -> ResponseReturnValue:
    engine().log.warning("content security policy violated", size=request.content_length or 0)
    return Response(status=204)


def _send_registration_code(page: str, form: forms.LocalForm) -> ResponseReturnValue:
    facts = registration.read(form)
    if facts is None:
        return wrong(page, form, captcha=True)
    return _send_code_to_anyone(
        page,
        form,
        lambda: codes.send_code(
            "register",
            facts.mobile,
            about=facts.words,
            is_real=facts.are_free,
            told_instead=registration.TOLD_INSTEAD,
        ),
    )


def _send_code_for_password(page: str, form: forms.LocalForm) -> ResponseReturnValue:
    def send() -> Challenge:
        mobile = mobiles.normalise(form.mobile.data or "")
        is_owner = _owner_of(form.admission_number.data, mobile) is not None
        return codes.send_code("forgotten password", mobile, is_real=is_owner)

    return _send_code_to_anyone(page, form, send)


def _send_code_to_anyone(
    page: str, form: forms.LocalForm, send: Callable[[], Challenge]
) -> ResponseReturnValue:
    """Answer 获取短信验证码 on a page for people who are not signed in: always the same words."""
    try:
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
        asked = send()
    except codes.WrongCaptcha as refused:
        form.captcha.errors = [str(refused)]
        return wrong(page, form, captcha=True)
    except mobiles.MobileInvalid as refused:
        form.mobile.errors = [str(refused)]
        return wrong(page, form, captcha=True)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong(page, form, captcha=True)
    notice = codes.sentence_about_sending(asked, engine().clock.now())
    return show(page, form, captcha=True, notice=notice)


def _send_own_code(mobile: str, form: forms.LocalForm) -> str:
    """Send a code to who is signed in; from the third of the day on a captcha comes first."""
    key, now = str(person().account_id), engine().clock.now()
    is_watchful = codes.are_guessed()
    if not carry_out(lambda s: limits.CODES_WITHOUT_CAPTCHA.hit(s, key, now)) or is_watchful:
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
    return codes.sentence_about_sending(codes.send_code("sign-in", mobile), now)


def _open_account(s: Session, claim: candidate_accounts.Registration, now: datetime) -> None:
    account = candidate_accounts.register(s, claim, now)
    sms.send(s, mobile=account.mobile or "", text="account_registered", values={}, now=now)


def _require_good_password(form: forms.LocalForm, words: list[str]) -> None:
    problem = passwords.problem_of(form.password.data, words)
    if problem is None and form.password.data != form.confirmation.data:
        problem = _("两次输入的密码不一致。")
    if problem:
        raise Refused(problem)


def _owner_of(admission_number: str | None, mobile: str) -> Account | None:
    number = identity.read_admission_number(admission_number or "")
    account = candidate_accounts.find_account(reading(), number)
    return account if account is not None and account.mobile == mobile else None


def _is_own_password(account: Account, password: str) -> bool:
    """Check it as at the door: whoever found a browser open has ten tries an hour."""
    key, now = f"password of {account.id}", engine().clock.now()
    if limits.SIGN_IN_FAILURES.is_spent(reading(), key, now):
        raise Throttled(_("原密码输错的次数过多，请一小时后再试，或使用忘记密码。"))
    if passwords.verify(password, account.password_hash):
        return True
    carry_out(lambda s: limits.SIGN_IN_FAILURES.hit(s, key, now))
    return False


def _facts_of(account: Account) -> list[str]:
    return [fact for fact in (account.name, account.mobile, account.id_number) if fact]


def _change_password(account: Account, password: str, keep_token: str | None = None) -> None:
    digest, account_id, now = passwords.hash(password), account.id, engine().clock.now()

    def command(s: Session) -> None:
        changed = s.get_one(Account, account_id)
        accounts.set_password(s, changed, digest, keep_token=keep_token)
        sms.send(s, mobile=changed.mobile or "", text="password_changed", values={}, now=now)

    carry_out(command)


def _own_mobile() -> str:
    account = reading().get_one(Account, person().account_id)
    if not account.mobile:
        abort(409)
    return account.mobile


def _limit_captchas() -> None:
    address, now = request.remote_addr or "", engine().clock.now()
    if not carry_out(lambda s: limits.CAPTCHAS_FROM_ADDRESS.hit(s, address, now)):
        raise Throttled(_("请求过于频繁，请稍后再试。"))
