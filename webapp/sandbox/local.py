"""What both applications are: Flask for this machine alone, in two languages, with a policy."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import waitress
from flask import Flask, Response, abort, request

from engine import i18n
from engine.clock import local
from engine.settings import LOOPBACK

PEERS = frozenset({"127.0.0.1", "::1"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    # A form's answer may lead back to the shop, which is another port of this machine.
    "form-action 'self' http://127.0.0.1:* http://localhost:*; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def local_app(name: str) -> Flask:
    """Return an application that answers only this machine; `name` is its folder of templates."""
    app = Flask(
        f"webapp.sandbox.{name}",
        template_folder=f"templates/{name}",
        static_folder=f"assets/{name}",
        static_url_path="/static",
    )
    app.config.update(TRUSTED_HOSTS=["127.0.0.1", "localhost", "[::1]"], MAX_CONTENT_LENGTH=65536)
    app.before_request(_refuse_strangers)
    app.after_request(_protect)
    app.jinja_env.globals.update(_=_translate, language=_language)
    app.jinja_env.filters["clock_time"] = _clock_time
    return app


def serve(app: Flask, port: int) -> None:
    """Serve on loopback until interrupted."""
    waitress.serve(app, host="127.0.0.1", port=port, threads=4, ident=None)


@contextmanager
def book(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a small store for one transaction."""
    with closing(sqlite3.connect(file, timeout=5)) as connection:
        connection.row_factory = sqlite3.Row
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection


def is_local_address(address: str) -> bool:
    """Tell whether this is an address of the web on this machine."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and parts.hostname in LOOPBACK


def _refuse_strangers() -> None:
    if request.remote_addr not in PEERS:
        abort(403)
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and not is_local_address(origin):
        abort(403)


def _protect(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # Without any referrer browsers send forms with the origin "null", which is refused above.
    answer.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _language() -> str:
    asked = request.args.get("lang") or request.accept_languages.best_match(["zh", "en"], "zh")
    return asked if asked in i18n.LANGUAGES else "zh"


def _translate(text: str, **values: object) -> str:
    with i18n.speaking(_language()):
        return i18n.gettext(text, **values)


def _clock_time(instant: datetime) -> str:
    return f"{local(instant):%Y-%m-%d %H:%M:%S}"
