"""A new password: for who has forgotten theirs, and for who is signed in."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine import sms
from engine.declaration import accounts as candidate_accounts
from engine.declaration import identity
from engine.errors import Refused, Throttled
from engine.i18n import gettext as _
from engine.people import accounts, limits, mobiles, passwords
from engine.people.codes import Challenge
from engine.people.models import Account
from webapp.access import public, signed_in
from webapp.account import codes, forms
from webapp.account.asking import send_code_to_anyone
from webapp.account.blueprint import blueprint
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.fixed_forms import show, wrong
from webapp.identity import (
    person,
    token,
)


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
        require_good_password(form, [form.admission_number.data, mobile])
        account = _owner_of(form.admission_number.data, mobile)
        result = codes.check_code("forgotten password", mobile, form)
        if account is None or not result.right:
            form.code.errors = [codes.sentence_about(result)]
            return wrong(page, form, captcha=True)
        # Only who has given the code may learn what the account knows of its owner.
        require_good_password(form, _facts_of(account))
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
        require_good_password(form, _facts_of(account))
        _change_password(account, form.password.data, keep_token=token())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong("account/password.html", form)
    back = url_for("candidate.home" if person().kind == "candidate" else "review.queue")
    return render_template(
        "account/done.html", sentence=_("密码已修改，其他设备上的登录已经退出。"), back=back
    )


def require_good_password(form: forms.LocalForm, words: list[str]) -> None:
    problem = passwords.problem_of(form.password.data, words)
    if problem is None and form.password.data != form.confirmation.data:
        problem = _("两次输入的密码不一致。")
    if problem:
        raise Refused(problem)


def _send_code_for_password(page: str, form: forms.LocalForm) -> ResponseReturnValue:
    def send() -> Challenge:
        mobile = mobiles.normalise(form.mobile.data or "")
        is_owner = _owner_of(form.admission_number.data, mobile) is not None
        return codes.send_code("forgotten password", mobile, is_real=is_owner)

    return send_code_to_anyone(page, form, send)


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
