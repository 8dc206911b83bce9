"""One session to read with for each request, and the only place of the web that commits."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, g
from sqlalchemy.orm import Session

from webapp.engine import engine

T = TypeVar("T")


def reading() -> Session:
    """The request's session for looking; what it holds is never written."""
    if "reading" not in g:
        g.reading = engine().database.open_read()
    session: Session = g.reading
    return session


def carry_out(command: Callable[[Session], T]) -> T:
    """Run one command in one transaction and commit it; an exception leaves nothing behind."""
    with engine().database.write() as session:
        result = command(session)
    look_again()
    return result


def look_again() -> None:
    """Let the rest of the request see what has just been written."""
    session = g.pop("reading", None)
    if session is not None:
        session.close()


def init_app(app: Flask) -> None:
    @app.teardown_request
    def close_reading(_error: BaseException | None) -> None:
        look_again()
