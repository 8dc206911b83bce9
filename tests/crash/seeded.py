"""Faults that are put into the product's processes on purpose, to see that a run finds them."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import false
from sqlalchemy.orm import Session

from engine.cases import completing
from engine.db import Database
from engine.files import store
from engine.sms import delivery
from engine.sms.models import Sms, SmsState
from engine.sms.providers import ViewerProvider
from tests.crash.traps import UNDER_WAY, here

SEEDED = "seeded-fault"
"""The file in the home of a run that names its fault."""
LATE = 0.1
"""Seconds by which the commit comes after the answer."""


def seed(folder: Path) -> None:
    """Break the product in the way that the run asks for, if it does."""
    named = folder / SEEDED
    if named.exists():
        FAULTS[named.read_text()]()


def _answer_before_the_commit() -> None:
    """The person is told that it is done, then it is written down."""

    @contextmanager
    def write(self: Database) -> Iterator[Session]:
        session = self._write()
        try:
            yield session
            session.flush()
        except BaseException:
            session.close()
            raise
        if UNDER_WAY in session.info:
            threading.Timer(LATE, _commit, [session]).start()
        else:
            _commit(session)

    Database.write = write


def _commit(session: Session) -> None:
    with session:
        session.commit()


def _mark_before_the_call() -> None:
    """A text counts as sent before the provider has it."""
    run = delivery._Delivery.run

    def mark_and_run(self: Any, job: Any) -> Any:
        def send(mobile: str, body: str, *, key: UUID) -> str:
            with self.database.write() as session:
                session.get_one(Sms, UUID(job.payload["sms"])).state = SmsState.SENT
            return str(self.provider.send(mobile, body, key=key))

        return run(delivery._Delivery(self.database, _As(send), self.texts_of, self.code_of), job)

    delivery._Delivery.run = mark_and_run


class _As:
    def __init__(self, send: Callable[..., str]) -> None:
        self.send = send


def _call_without_a_key() -> None:
    """At a second try the provider cannot know that it is asked for the same text once more."""
    send = ViewerProvider.send

    def send_anew(self: Any, mobile: str, body: str, *, key: UUID) -> str:
        return send(self, mobile, body, key=key if here.tries == 1 else uuid4())

    ViewerProvider.send = send_anew


def _forget_replies() -> None:
    """The same post, sent again because no answer came, is a new one."""
    completing.REPLIED = completing.REPLIED.where(false())


def _write_files_in_place() -> None:
    """A content gets its name before it is whole."""

    def write(self: Any, path: Path, sealed: bytes) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        store._write_through(path, sealed)

    store.FileStore._write = write


FAULTS: Mapping[str, Callable[[], None]] = {
    "answer-before-commit": _answer_before_the_commit,
    "mark-before-call": _mark_before_the_call,
    "call-without-key": _call_without_a_key,
    "forget-replies": _forget_replies,
    "files-in-place": _write_files_in_place,
}
