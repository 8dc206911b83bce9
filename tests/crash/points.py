"""The named points at which a process of the product kills itself, once somebody armed them.

A point is armed by a file; the process that takes the file away dies on the spot. Nothing of this
is in the product: `install` wraps its functions from outside, in the processes of `victim` alone.
"""

import os
import signal
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from engine.cases.models import StoredReply
from engine.files import store
from engine.jobs import Worker
from engine.jobs.ledger import RUNNING
from engine.payments.models import PaymentEvent
from engine.payments.sandbox import SandboxProvider
from engine.sms.providers import ViewerProvider

WEB = (
    "answer: before the commit",
    "answer: after the commit",
    "notice: before the commit",
    "notice: after the commit",
    "file: half written",
    "file: written, without its row",
)
WORKER = (
    "job: taken",
    "job: before the commit",
    "job: after the commit",
    "SMS: sent, not marked",
    "order: opened, not marked",
    "document: half written",
    "document: written, without its row",
)
MIGRATION = "migration: between two statements"
POINTS = (*WEB, *WORKER, MIGRATION)

ARMED, KILLED = "armed", "killed"


class Trap:
    """The points of one process. What it was about to do is left beside the point's name."""

    def __init__(self, folder: Path) -> None:
        self.armed, self.killed = folder / ARMED, folder / KILLED

    def strike(self, point: str, what: object) -> None:
        """Die here if the point is armed; of several processes only one does."""
        with_name = self.killed / f"{point} {os.getpid()}"
        try:
            (self.armed / point).rename(with_name)
        except FileNotFoundError:
            return
        with_name.write_text(str(what))
        os.kill(os.getpid(), signal.SIGKILL)


def install(role: str, trap: Trap) -> None:
    """Set the traps of a process of this role: web, worker or migrate."""
    if role == "migrate":
        _before_statements(trap)
        return
    _around_commits(trap)
    _in_files(trap, "file" if role == "web" else "document")
    _in_jobs(trap)
    _at_providers(trap)


def _before_statements(trap: Trap) -> None:
    """The file of this point says before which statement."""
    count, armed = 0, trap.armed / MIGRATION

    @event.listens_for(Engine, "before_cursor_execute")
    def look(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal count
        count += 1
        if armed.exists() and count == int(armed.read_text()):
            trap.strike(MIGRATION, " ".join(statement.split())[:60])


def _around_commits(trap: Trap) -> None:
    """The engine's event comes just before the database's commit, the session's just after it."""

    @event.listens_for(Session, "after_flush")
    def note(session: Session, _context: Any) -> None:
        for row in session.new:
            if isinstance(row, StoredReply):
                session.info["under way"] = ("answer", row.id)
            elif isinstance(row, PaymentEvent):
                session.info["under way"] = ("notice", row.event_id)

    @event.listens_for(Session, "before_commit")
    def hand_over(session: Session) -> None:
        found = _under_way(session)
        if found and not session.in_nested_transaction():
            session.connection().info["under way"] = found

    @event.listens_for(Engine, "commit")
    def before(connection: Any) -> None:
        found = connection.info.pop("under way", None)
        if found:
            trap.strike(f"{found[0]}: before the commit", found[1])

    @event.listens_for(Engine, "rollback")
    def forget(connection: Any) -> None:
        connection.info.pop("under way", None)

    @event.listens_for(Session, "after_commit")
    def after(session: Session) -> None:
        found = _under_way(session)
        if found and not session.in_nested_transaction():
            trap.strike(f"{found[0]}: after the commit", found[1])


def _under_way(session: Session) -> tuple[str, object] | None:
    if RUNNING in session.info:
        return "job", session.info[RUNNING]
    found: tuple[str, object] | None = session.info.get("under way")
    return found


def _in_files(trap: Trap, what: str) -> None:
    whole = store._write_through

    def write(path: Path, content: bytes) -> None:
        point = f"{what}: half written"
        if (trap.armed / point).exists():
            whole(path, content[: len(content) // 2])
            trap.strike(point, path)
            path.unlink()
        whole(path, content)

    store._write_through = write
    put = store.FileStore.put

    @wraps(put)
    def put_and_strike(self: Any, content: bytes) -> Any:
        stored = put(self, content)
        trap.strike(f"{what}: written, without its row", self.path_of(stored.sha256))
        return stored

    store.FileStore.put = put_and_strike


def _in_jobs(trap: Trap) -> None:
    tried = Worker._try

    def try_(self: Worker, claim: Any, handler: Any) -> None:
        trap.strike("job: taken", claim.run.id)
        tried(self, claim, handler)

    Worker._try = try_


def _at_providers(trap: Trap) -> None:
    send, open_ = ViewerProvider.send, SandboxProvider.open

    def send_and_strike(self: Any, mobile: str, body: str, *, key: UUID) -> str:
        reference = send(self, mobile, body, key=key)
        trap.strike("SMS: sent, not marked", key)
        return reference

    def open_and_strike(self: Any, **order: Any) -> str:
        address = open_(self, **order)
        trap.strike("order: opened, not marked", order["number"])
        return address

    ViewerProvider.send, SandboxProvider.open = send_and_strike, open_and_strike
