"""Draws the fixed forms with the same views and templates as the forms of analysts."""

from typing import Any
from urllib.parse import urlsplit

from flask import render_template
from wtforms import BooleanField, Field, PasswordField

from engine.forms import ErrorLink, View
from engine.people import captchas, codes
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.identity import browser

AUTOCOMPLETE = {
    "username": "username",
    "admission_number": "username",
    "mobile": "tel",
    "code": "one-time-code",
    "name": "name",
    "password": "new-password",
    "confirmation": "new-password",
    "current": "current-password",
}


def show(page: str, form: Any, *, captcha: bool = False, **more: Any) -> str:
    """Show the form with what was typed; passwords are never written into a page."""
    views = {
        field.name: _view(field)
        for field in form
        if field.name not in ("csrf_token", "captcha", "captcha_id")
    }
    return render_template(
        page,
        views=views,
        errors=_errors(form, views),
        captcha=_new_captcha(form) if captcha else None,
        **more,
    )


def wrong(page: str, form: Any, *, captcha: bool = False, **more: Any) -> tuple[str, int]:
    """Show the form again with what to do beside each field (422)."""
    return show(page, form, captcha=captcha, **more), 422


def local_path(target: str | None) -> str | None:
    """Return the target if it is a path of this site; anything else leads nowhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def _view(field: Field) -> View:
    is_secret = isinstance(field, PasswordField)
    kind = "checkbox" if isinstance(field, BooleanField) else "textfield"
    attributes = {"autocomplete": AUTOCOMPLETE.get(field.name, "off")}
    if is_secret:
        attributes["type"] = "password"
    if field.name in ("admission_number", "mobile", "code"):
        attributes["inputmode"] = "numeric"
    return View(
        type=kind,
        name=field.name,
        id=f"field-{field.name}",
        label=str(field.label.text),
        hint=str(field.description or ""),
        value="" if is_secret else (field.data or ""),
        error=field.errors[0] if field.errors else None,
        required=True,
        attributes=attributes,
    )


def _errors(form: Any, views: dict[str, View]) -> list[ErrorLink]:
    links = [ErrorLink(str(text), "") for text in form.form_errors]
    links += [ErrorLink(view.error, view.id) for view in views.values() if view.error]
    captcha = getattr(form, "captcha", None)
    if captcha is not None and captcha.errors:
        links.append(ErrorLink(str(captcha.errors[0]), "field-captcha"))
    return links


def _new_captcha(form: Any) -> dict[str, Any]:
    bound_to, now = browser(), engine().clock.now()
    fresh = carry_out(lambda s: captchas.new(s, bound_to, now))
    return {
        "id": fresh.id,
        "error": form.captcha.errors[0] if form.captcha.errors else None,
        "always": codes.is_guessed_at(reading(), now),
    }
