"""Who is signed in: Flask-Login carries the token of a sign-in that lives in the database."""

from contextlib import suppress
from datetime import datetime
from typing import cast

from flask import Flask, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import (
    AnonymousUserMixin,
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)
from sqlalchemy.exc import OperationalError

from engine.errors import NotFound
from engine.i18n import gettext as _
from engine.people import Person, captchas, sign_ins
from engine.people.models import Account
from webapp.database import carry_out, reading
from webapp.engine import engine


class SignedIn(UserMixin):
    """The token of a sign-in and the person behind it."""

    def __init__(self, token: str, person: Person) -> None:
        self.id = token
        self.person = person


class TwoCookies(SecureCookieSessionInterface):
    """Candidates and staff have cookies of their own, so that one browser may hold both."""

    def get_cookie_name(self, app: Flask) -> str:
        kind = "staff" if request.path.startswith("/staff") else "candidate"
        prefix = "__Host-" if app.config["SESSION_COOKIE_SECURE"] else ""
        return f"{prefix}bishen-{kind}"


def is_signed_in() -> bool:
    return bool(current_user.is_authenticated)


def person() -> Person:
    """Return who is asking; views behind an access rule may rely on it."""
    if not is_signed_in():
        raise NotFound("")
    return cast("SignedIn", current_user).person


def token() -> str:
    return str(current_user.get_id())


def nobody_is_asked() -> None:
    """Draw the rest of this answer without asking the database who is there."""
    g._login_user = AnonymousUserMixin()  # noqa: SLF001 -- where Flask-Login keeps who was found


def sign_in(account: Account) -> None:
    """Begin a new sign-in in the database and in a fresh cookie; the one before it ends."""
    address = request.remote_addr or ""
    _end_sign_in()
    begun = carry_out(
        lambda s: sign_ins.start(
            s, account, now=engine().clock.now(), address=address, kind=account.kind
        )
    )
    _empty_cookie()
    who = carry_out(lambda s: sign_ins.person_of(s, begun, engine().clock.now()))
    if who is not None:
        login_user(SignedIn(begun, who))


def sign_out() -> None:
    """End the sign-in where it lives; a copied cookie is worth nothing afterwards."""
    _end_sign_in()
    logout_user()
    _empty_cookie()


def browser() -> str:
    """A name for this browser's session, to bind captchas and codes to it."""
    if "browser" not in session:
        session["browser"] = captchas.fresh_binding()
    return str(session["browser"])


def init_app(app: Flask) -> None:
    app.session_interface = TwoCookies()
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)

    @manager.user_loader
    def load(begun: str) -> SignedIn | None:
        now = engine().clock.now()
        row = sign_ins.find(reading(), begun, now)
        g.expired_token = None if row else begun
        if row is None:
            return None
        who = sign_ins.person(row)
        if sign_ins.wants_touch(row, now):
            _touch(begun, now)
        return SignedIn(begun, who)


def expired_token() -> str | None:
    """The token of a sign-in that has ended, if the cookie still names one."""
    is_signed_in()
    return cast("str | None", g.get("expired_token"))


def why_again() -> str:
    """Say to who comes back with a sign-in that has ended why it has; `""` to anybody else."""
    begun = expired_token()
    if begun is None:
        return ""
    if sign_ins.was_displaced(reading(), begun):
        return _("您的账号在其他设备上登录，这里的登录已经退出。")
    return _("登录已经过期，请重新登录。刚才填写的内容已尽量存为草稿。")


def _end_sign_in() -> None:
    if is_signed_in():
        ended = token()
        carry_out(lambda s: sign_ins.end(s, ended))


def _empty_cookie() -> None:
    """Keep nothing of what this browser was told before but its language."""
    kept = {k: session[k] for k in ("language",) if k in session}
    session.clear()
    session.update(kept)


def _touch(begun: str, now: datetime) -> None:
    # While nothing can be written, pages can still be read.
    with suppress(OperationalError):
        carry_out(lambda s: sign_ins.touch(s, begun, now))
