"""What templates may use besides what a view hands them."""

from datetime import date, datetime
from typing import Any

from flask import Flask, request
from flask.globals import request_ctx
from markupsafe import Markup

from engine.bootstrap import Engine
from engine.clock import local
from engine.documents import qr_image
from engine.i18n import chosen, gettext, language
from webapp.assets import Assets
from webapp.identity import is_signed_in, person
from webapp.navigation import links_for

FEN = 100


def init_app(app: Flask, assets: Assets, engine: Engine) -> None:
    app.jinja_env.globals.update(
        _=gettext,
        asset=assets.address,
        chosen=chosen,
        settings=engine.settings,
        qr=qr,
    )
    app.jinja_env.filters.update(
        moment=moment,
        day=day,
        month=month,
        money=money,
        seconds_left=lambda instant: seconds_until(instant, engine.clock.now()),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def about_the_request() -> dict[str, Any]:
        who = person() if is_signed_in() else None
        return {
            "language": language(),
            "person": who,
            "navigation": links_for(who, request.path),
            "staff_prefix": "/staff" if request.path.startswith("/staff") else "",
            "here": here(),
        }


def here() -> str:
    """The address of this page for going back to it; the entrance, if it can only be posted to."""
    adapter = request_ctx.url_adapter
    is_page = adapter is None or "GET" in adapter.allowed_methods()
    return request.full_path.rstrip("?") if is_page else "/"


def moment(instant: datetime) -> str:
    """An instant as people in Shanghai write it: `2026年3月2日 9:00`, `2 March 2026, 9:00`."""
    here = local(instant)
    return _written(here.date()) + (", " if language() == "en" else " ") + f"{here:%H:%M}"


def day(value: date | datetime) -> str:
    return _written(local(value).date() if isinstance(value, datetime) else value)


def month(value: date) -> str:
    return f"{value:%B %Y}" if language() == "en" else f"{value.year}年{value.month}月"


def money(fen: int) -> Markup:
    """Integer fen as yuan: `¥ 22.00`."""
    return Markup(f"¥&nbsp;{fen // FEN}.{fen % FEN:02d}")  # noqa: S704 -- two integers


def qr(text: str) -> Markup:
    """A QR code as a drawing inside the page."""
    return Markup(qr_image(text).decode())  # noqa: S704 -- a drawing of our own


def seconds_until(instant: datetime, now: datetime) -> int:
    """Count by the server's clock, so that a wrong one at the other end misleads nobody."""
    return max(0, int((instant - now).total_seconds()))


def _written(value: date) -> str:
    if language() == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"
