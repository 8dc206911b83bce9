"""Register: facts that the registry knows, a code to the phone, a password."""

from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import sms
from engine.declaration import accounts as candidate_accounts
from engine.errors import Refused
from engine.i18n import gettext as _
from engine.people import passwords
from webapp.access import public
from webapp.account import codes, forms, registration
from webapp.account.asking import send_code_to_anyone
from webapp.account.blueprint import blueprint
from webapp.account.password import require_good_password
from webapp.database import carry_out
from webapp.engine import engine
from webapp.fixed_forms import show, wrong


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
        require_good_password(form, facts.words)
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


def _send_registration_code(page: str, form: forms.LocalForm) -> ResponseReturnValue:
    facts = registration.read(form)
    if facts is None:
        return wrong(page, form, captcha=True)
    return send_code_to_anyone(
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


def _open_account(s: Session, claim: candidate_accounts.Registration, now: datetime) -> None:
    account = candidate_accounts.register(s, claim, now)
    sms.send(s, mobile=account.mobile or "", text="account_registered", values={}, now=now)
