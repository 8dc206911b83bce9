"""Where the points are: the product's functions, wrapped from outside in the processes of `victim`.

Nothing of this is in the product.
"""

import threading
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from engine.cases.models import StoredReply
from engine.files import store
from engine.jobs import Worker
from engine.jobs.ledger import RUNNING
from engine.payments import inbox
from engine.payments.sandbox import SandboxProvider
from engine.sms.providers import ViewerProvider
from tests.crash.points import (
    ANSWER,
    DOCUMENT,
    FILE,
    JOB,
    MIGRATION,
    NOTICE,
    ORDER,
    REFUND,
    SMS,
    Trap,
)

UNDER_WAY = "under way"
"""Where a session keeps what it is about to commit: a kind and an id."""

here = threading.local()
"""The job that this thread is at, for which time, and the content that it is writing."""


def install(role: str, trap: Trap) -> None:
    """Set the traps of a process of this role: web, worker or migrate."""
    if role == "migrate":
        _before_statements(trap)
        return
    _name_what_is_under_way()
    _around_commits(trap)
    _in_files(trap)
    _in_jobs(trap)
    _around_calls(trap, SMS, "sent", (ViewerProvider, "send"), "key")
    _around_calls(trap, ORDER, "opened", (SandboxProvider, "open"), "number")
    _around_calls(trap, REFUND, "made", (SandboxProvider, "refund"), "key")


def _before_statements(trap: Trap) -> None:
    """Whoever arms this point says before which statement."""
    count = 0

    @event.listens_for(Engine, "before_cursor_execute")
    def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal count
        count += 1
        if trap.read(MIGRATION) == str(count):
            trap.strike(MIGRATION, " ".join(statement.split())[:60])


def _name_what_is_under_way() -> None:
    @event.listens_for(Session, "after_flush")
    def note_reply(session: Session, _context: Any) -> None:
        for row in session.new:
            if isinstance(row, StoredReply):
                # A reply is often written by the commit itself, too late for `before_commit`.
                session.connection().info[UNDER_WAY] = (ANSWER, row.id)
                session.info[UNDER_WAY] = (ANSWER, row.id)

    keep = inbox.keep

    def note_notice(session: Session, provider: str, notice: Any, now: Any) -> bool:
        session.info[UNDER_WAY] = (NOTICE, notice.payment.transaction)
        return keep(session, provider, notice, now)

    inbox.keep = note_notice


def _around_commits(trap: Trap) -> None:
    """The engine's event comes just before the database's commit, the session's just after it."""

    @event.listens_for(Session, "before_commit")
    def hand_over(session: Session) -> None:
        found = _under_way(session)
        if found and not session.in_nested_transaction():
            session.connection().info[UNDER_WAY] = found

    @event.listens_for(Engine, "commit")
    def before(connection: Any) -> None:
        found = connection.info.pop(UNDER_WAY, None)
        if found:
            trap.strike(f"{found[0]}: before the commit", found[1])

    @event.listens_for(Engine, "rollback")
    def forget(connection: Any) -> None:
        connection.info.pop(UNDER_WAY, None)

    @event.listens_for(Session, "after_commit")
    def after(session: Session) -> None:
        found = _under_way(session)
        if found and not session.in_nested_transaction():
            trap.strike(f"{found[0]}: after the commit", found[1])


def _under_way(session: Session) -> tuple[str, object] | None:
    if RUNNING in session.info:
        return JOB, session.info[RUNNING]
    found: tuple[str, object] | None = session.info.get(UNDER_WAY)
    return found


def _in_files(trap: Trap) -> None:
    """What a job writes is a document, anything else came from a person."""
    put, whole = store.FileStore.put, store._write_through

    @wraps(put)
    def put_and_strike(self: Any, content: bytes) -> Any:
        here.address = self.path_of(store.sha256_of(content).hexdigest())
        stored = put(self, content)
        what, subject = _being_written()
        trap.strike(f"{what}: written, without its row", subject)
        return stored

    def write(path: Path, content: bytes) -> None:
        what, subject = _being_written()
        point = f"{what}: half written"
        if trap.is_armed(point):
            whole(path, content[: len(content) // 2])
            trap.strike(point, subject)
            path.unlink()
        whole(path, content)

    store.FileStore.put, store._write_through = put_and_strike, write


def _being_written() -> tuple[str, object]:
    job = getattr(here, "job", None)
    return (DOCUMENT, job) if job else (FILE, here.address)


def _in_jobs(trap: Trap) -> None:
    tried = Worker._try

    def try_(self: Worker, claim: Any, handler: Any) -> None:
        trap.strike("job: taken", claim.run.id)
        here.job, here.tries = claim.run.id, claim.run.attempts
        try:
            tried(self, claim, handler)
        finally:
            here.job = None

    Worker._try = try_


def _around_calls(trap: Trap, what: str, done: str, method: tuple[type, str], subject: str) -> None:
    """The named argument of the call is what the provider has in its book."""
    call = getattr(*method)

    @wraps(call)
    def call_and_strike(self: Any, *args: Any, **given: Any) -> Any:
        trap.strike(f"{what}: about to be {done}", given[subject])
        result = call(self, *args, **given)
        trap.strike(f"{what}: {done}, not marked", given[subject])
        return result

    setattr(*method, call_and_strike)
