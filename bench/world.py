"""The case engine on a database of its own, one candidate in it, and the two models published."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from bench.models import FIELDS, files
from engine.bpmn import ServiceFunction
from engine.cases import Cases, House, Reply, Submission
from engine.cases.models import CaseState, WorkItem
from engine.clock import Clock, SystemClock
from engine.db import Database, Keyring, envelope, migrate
from engine.db.tables import import_tables
from engine.files import FileStore
from engine.forms import GENERIC_TYPES, Submitted
from engine.jobs import attach
from engine.jobs.procrastinate import ProcrastinateCarrier
from engine.people import Person, Role, accounts
from engine.people.models import Account
from engine.releases import Bundle, Library

KEYS = Keyring({1: bytes(range(32))})
ID_NUMBER = "370200199003159814"


@dataclass(frozen=True)
class World:
    """Everything a measurement needs to move cases through the façade."""

    database: Database
    cases: Cases
    library: Library
    clock: Clock
    person: Person

    def start(self, workflow: str) -> UUID:
        with self.database.write() as session:
            reply = self.cases.start(
                session,
                workflow=workflow,
                owner_id=self.person.account_id,
                actor_id=self.person.account_id,
                scope=uuid4().hex,
            )
        if reply.next_work_item_id is None:
            raise RuntimeError("the case waits for nobody")
        return reply.next_work_item_id

    def post(self, work_item_id: UUID, outcome: str, **more: str) -> Reply:
        """One post as the web makes it: prepared on a snapshot, carried out in one transaction."""
        submitted = Submitted({name: [value] for name, value in {**FIELDS, **more}.items()})
        with self.database.read() as session:
            prepared = self.cases.prepare(
                session,
                self.person,
                work_item_id,
                Submission(uuid4(), 0, submitted),
                outcome=outcome,
            )
        with self.database.write() as session:
            return self.cases.complete(session, prepared)

    def walk(self, outcomes: Iterator[str], item: UUID) -> UUID | None:
        """Post one outcome after another; return the work item that is open then."""
        following: UUID | None = item
        for outcome in outcomes:
            if following is None:
                raise RuntimeError("the case has ended early")
            following = self.post(following, outcome).next_work_item_id
        return following

    def state_of(self, work_item_id: UUID) -> bytes:
        with self.database.read() as session:
            return session.scalars(
                select(CaseState.content)
                .join(WorkItem, WorkItem.case_id == CaseState.case_id)
                .where(WorkItem.id == work_item_id)
            ).one()


@contextmanager
def opened(
    url: str,
    folder: Path,
    more: Mapping[str, bytes] | None = None,
    services: Mapping[str, ServiceFunction] | None = None,
) -> Iterator[World]:
    """Build the world on an empty database; a measurement may bring models of its own."""
    envelope.install(KEYS)
    import_tables()
    database, clock = Database(url), SystemClock()
    if not database.is_sqlite:
        attach(database, ProcrastinateCarrier())
    migrate.upgrade(database)
    library, store = Library(GENERIC_TYPES), FileStore(folder / "files", KEYS)
    cases = Cases(House(library, services or {}, store, clock))
    with database.write() as session:
        library.publish(session, Bundle({**files(), **(more or {})}), now=clock.now())
        account = candidate(session, clock)
        person = Person(account.id, account.kind, "测试甲", frozenset({Role.CANDIDATE}))
    yield World(database, cases, library, clock, person)
    database.close()


def candidate(session: Session, clock: Clock) -> Account:
    """Open the account of the one candidate there is."""
    return accounts.open_candidate(
        session,
        id_number=ID_NUMBER,
        name="测试甲",
        mobile="13900000001",
        password_hash="digest",  # noqa: S106 -- nobody signs in with it
        now=clock.now(),
    )


@contextmanager
def on_sqlite() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as name:
        folder = Path(name)
        with opened(f"sqlite:///{folder / 'bench.db'}", folder) as world:
            yield world


@dataclass
class Counted:
    statements: int = 0
    commits: int = 0


@contextmanager
def counting() -> Iterator[Counted]:
    """Count the statements and the commits that the block sends to any database."""
    counted = Counted()

    def statement(*_: object) -> None:
        counted.statements += 1

    def commit(*_: object) -> None:
        counted.commits += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    yield counted
    event.remove(Engine, "before_cursor_execute", statement)
    event.remove(Engine, "commit", commit)
