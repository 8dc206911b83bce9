"""Captchas as pictures and as sounds, and a fresh one for whoever cannot read this one."""

from uuid import UUID

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Throttled
from engine.i18n import gettext as _
from engine.people import captchas, limits
from webapp.access import public
from webapp.account.blueprint import blueprint
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.fixed_forms import local_path
from webapp.identity import (
    browser,
)


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


def _limit_captchas() -> None:
    address, now = request.remote_addr or "", engine().clock.now()
    if not carry_out(lambda s: limits.CAPTCHAS_FROM_ADDRESS.hit(s, address, now)):
        raise Throttled(_("请求过于频繁，请稍后再试。"))
