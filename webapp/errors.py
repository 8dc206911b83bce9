"""A page of its own for everything that can go wrong, with what to do next."""

import traceback
from pathlib import Path

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from werkzeug.exceptions import HTTPException

from engine.errors import Conflict, NotFound, Refused, Throttled
from engine.i18n import gettext as _
from webapp.access import VerifyFirst
from webapp.account import second_presses
from webapp.database import carry_out
from webapp.engine import engine
from webapp.identity import nobody_is_asked

PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
RETRY_AFTER = "30"


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, stale_page)
    app.register_error_handler(VerifyFirst, verify_first)
    app.register_error_handler(Refused, refused)
    for unreachable in (OperationalError, InterfaceError, NoConnectionInTime):
        app.register_error_handler(unreachable, database_unreachable)
    app.register_error_handler(Exception, our_fault)


def page(status: int, sentence: str | None = None) -> tuple[str, int]:
    """Draw the page for a status; statuses without a page of their own share the 400 page."""
    name = status if status in PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{name}.html", sentence=sentence), status


def http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return page(error.code)


def stale_page(error: CSRFError) -> ResponseReturnValue:
    target = second_presses.landing()
    if target is not None:
        return redirect(target, 303)
    return page(400, _("页面已经过期，请返回上一页刷新后重新提交。"))


def verify_first(_error: VerifyFirst) -> ResponseReturnValue:
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.verify", next=target), 303)


def refused(error: Refused) -> ResponseReturnValue:
    if isinstance(error, NotFound):
        return page(404)
    if isinstance(error, Conflict):
        return page(409, str(error))
    if isinstance(error, Throttled):
        return page(429, str(error))
    return page(422, str(error))


def database_unreachable(error: SQLAlchemyError) -> ResponseReturnValue:
    cause = error.orig if isinstance(error, DBAPIError) else error
    engine().log.error("database unreachable", kind=type(cause).__name__)
    nobody_is_asked()
    answer, status = page(503)
    return answer, status, {"Retry-After": RETRY_AFTER}


def places_of(error: BaseException) -> list[str]:
    """Where it happened, innermost last: kinds, files and lines, never what variables held."""
    cause = error.__cause__
    before = [*places_of(cause), f"then {type(error).__name__}"] if cause else []
    frames = traceback.extract_tb(error.__traceback__)
    here = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
    return [*before, *here] if cause else [type(error).__name__, *here]


def our_fault(error: Exception) -> ResponseReturnValue:
    """Record what happened without a word of what anybody typed, and say that it is our fault."""
    engine().log.error(
        "request failed", path=request.path, kind=type(error).__name__, at=places_of(error)
    )
    try:
        carry_out(lambda s: engine().cases.report(s, g.get("case_at_fault"), error))
    except SQLAlchemyError:
        engine().log.error("incident not recorded", kind=type(error).__name__)
        nobody_is_asked()
    return page(500)
