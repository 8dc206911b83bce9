"""The pages around an account that ask nothing of anybody, and the one blueprint of them all."""

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from engine.i18n import LANGUAGES
from webapp.access import public
from webapp.account import captcha_pictures, password, registering, signing_in
from webapp.account.blueprint import blueprint
from webapp.engine import engine
from webapp.fixed_forms import local_path
from webapp.identity import is_signed_in
from webapp.security import csrf

__all__ = ["blueprint", "captcha_pictures", "password", "registering", "signing_in"]
"""The modules add their pages to the blueprint when they are imported."""


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
