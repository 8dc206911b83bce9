"""The demonstration's phone: takes texts over HTTP and shows them, newest first.

`POST /messages` with an `Idempotency-Key` leaves a text, `GET /messages?mobile=…` lists them as
JSON, and `/` is the page for people.
"""

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import Flask, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from engine.clock import Clock, SystemClock
from webapp.sandbox.local import local_app, serve
from webapp.sandbox.messages import Message, Messages

MOBILE = re.compile(r"1[0-9]{10}")
CODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
LONGEST = 1000


def create_app(folder: Path, *, clock: Clock | None = None) -> Flask:
    """Return the application; its messages are kept in the folder."""
    app = local_app("sms_viewer")
    messages = Messages(folder / "messages.db", clock or SystemClock())
    app.jinja_env.filters["codes_marked"] = _codes_marked

    @app.get("/")
    def show() -> ResponseReturnValue:
        mobile = request.args.get("mobile", "")
        return render_template(
            "messages.html",
            messages=messages.newest(mobile or None),
            mobiles=messages.mobiles(),
            chosen=mobile,
        )

    @app.get("/messages")
    def list_messages() -> ResponseReturnValue:
        found = messages.newest(request.args.get("mobile") or None)
        return jsonify([_as_json(message) for message in found])

    @app.post("/messages")
    def receive() -> ResponseReturnValue:
        mobile, text, key = _posted()
        message, is_new = messages.keep(key, mobile, text)
        return jsonify(_as_json(message)), 201 if is_new else 200

    @app.get("/healthz")
    def health() -> ResponseReturnValue:
        return "ok\n"

    return app


def _posted() -> tuple[str, str, str]:
    content = request.get_json(silent=True)
    if not isinstance(content, dict):
        abort(400)
    mobile, text = content.get("mobile"), content.get("text")
    if not isinstance(mobile, str) or not MOBILE.fullmatch(mobile):
        abort(400)
    if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
        abort(400)
    return mobile, text, _key()


def _key() -> str:
    try:
        return str(UUID(request.headers.get("Idempotency-Key", "")))
    except ValueError:
        abort(400)


def _as_json(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "mobile": message.mobile,
        "text": message.text,
        "at": message.at.isoformat(),
    }


def _codes_marked(text: str) -> Markup:
    """Make the code easy to see and to copy: the text is escaped first, digits need no escape."""
    marked = CODE.sub(lambda code: f'<strong class="code">{code[0]}</strong>', str(escape(text)))
    return Markup(marked)  # noqa: S704 -- escaped in the line above


@click.command()
@click.option("--port", default=8001, show_default=True)
@click.option("--folder", default=".instance/sms", type=click.Path(path_type=Path))
def main(port: int, folder: Path) -> None:
    """Show the texts that the demonstration sends."""
    serve(create_app(folder), port)


if __name__ == "__main__":
    main()
