"""A case engine with a ten-line model of its own: nothing of the declaration is in it."""

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlalchemy import event, select

from engine.cases import Cases, House, Submission, queries
from engine.cases.models import Case, WorkItem
from engine.db.envelope import keyring
from engine.files import FileStore
from engine.forms import GENERIC_TYPES, Submitted
from engine.people import Person, Role, accounts, sign_ins
from engine.people.models import Account
from engine.releases import Bundle, Library
from tests.bpmn import drawing as draw

REQUEST = draw.model(
    "request",
    draw.start(),
    draw.user("ask"),
    draw.user("explain"),
    draw.service("count", "test.count", times="3"),
    draw.user("decide", not_same_person_as="ask"),
    draw.xor("was_it_right"),
    draw.user("receive"),
    draw.end("granted"),
    draw.end("declined"),
    flows="""
    begin > ask
    ask > explain
    explain > count
    count > decide
    decide > was_it_right
    was_it_right > receive if decide.outcome = "approve"
    was_it_right > declined else
    receive > granted
    """,
    lanes={
        "candidate": "begin ask explain count receive granted declined was_it_right",
        "certificate_reviewer": "decide",
    },
)
RELEASE = b'main_process = "request"\n'


def form(name: str, *outcomes: str, fields: tuple[dict, ...] = ()) -> bytes:
    buttons = [
        {
            "type": "button",
            "id": f"button_{outcome}",
            "label": outcome,
            "action": "submit",
            "properties": {"outcome": outcome, "label.en": outcome},
        }
        for outcome in outcomes
    ]
    return json.dumps(
        {"type": "default", "id": name, "schemaVersion": 19, "components": [*fields, *buttons]}
    ).encode()


def text(key: str, *, required: bool = True, **properties) -> dict:
    return {
        "type": "textfield",
        "id": f"field_{key}",
        "key": key,
        "label": key,
        "validate": {"required": required},
        "properties": {"label.en": key, **properties},
    }


FORMS = {
    "forms/ask.form": form("ask", "next", fields=(text("subject"), text("route", route=True))),
    "forms/explain.form": form("explain", "next", fields=(text("why", required=False),)),
    "forms/decide.form": form("decide", "approve", "refuse"),
    "forms/receive.form": form("receive", "done"),
}


def bundle(models=None, forms=None) -> Bundle:
    models = models or {"workflows/request.bpmn": REQUEST}
    return Bundle({"workflows/release.toml": RELEASE, **models, **(forms or FORMS)})


@dataclass
class World:
    """One database, one clock, one engine, and the people who use it."""

    database: object
    clock: object
    folder: object
    models: dict = field(default_factory=dict)
    forms: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    types: dict = field(default_factory=dict)

    def __post_init__(self):
        self.calls = []
        services = {"test.count": self._count, **self.services}
        files = FileStore(self.folder, keyring())
        self.library = Library({**GENERIC_TYPES, **self.types})
        self.cases = Cases(House(self.library, services, files, self.clock))
        self.publish(bundle(self.models or None, self.forms or None))
        self.candidate = self._person("370200199003159814", "测试甲")
        self.other = self._person("370200198511029827", "测试乙")
        self.reviewer = self._staff("li.reviewer", Role.CERTIFICATE_REVIEWER)
        self.colleague = self._staff("wang.reviewer", Role.CERTIFICATE_REVIEWER)

    def publish(self, found: Bundle) -> None:
        with self.database.write() as session:
            self.library.publish(session, found, now=self.clock.now())

    def start(self, person=None, workflow="request", scope="") -> UUID:
        person = person or self.candidate
        with self.database.write() as session:
            reply = self.cases.start(
                session,
                workflow=workflow,
                owner_id=person.account_id,
                actor_id=person.account_id,
                scope=scope,
            )
        return reply.case_id

    def open(self, case_id) -> dict[str, WorkItem]:
        with self.database.read() as session:
            items = session.scalars(
                select(WorkItem).where(WorkItem.case_id == case_id, WorkItem.closed_at.is_(None))
            ).all()
        return {item.element: item for item in items}

    def prepare(self, person, item, outcome, submission=None, version=None, **fields):
        posted = Submitted({name: [value] for name, value in fields.items()})
        with self.database.read() as session:
            return self.cases.prepare(
                session,
                person,
                item.id,
                Submission(
                    submission or uuid4(), item.version if version is None else version, posted
                ),
                outcome=outcome,
            )

    def post(self, person, item, outcome, **more):
        prepared = self.prepare(person, item, outcome, **more)
        with self.database.write() as session:
            return self.cases.complete(session, prepared)

    def claim(self, person, item):
        with self.database.write() as session:
            return self.cases.claim(session, person, item.id)

    def case(self, case_id) -> Case:
        with self.database.read() as session:
            return session.get_one(Case, case_id)

    def timeline(self, case_id) -> list[str]:
        with self.database.read() as session:
            return [line.kind for line in queries.timeline(session, case_id)]

    @contextmanager
    def counting(self):
        """Count the statements and commits of the block."""
        counted = {"statements": 0, "commits": 0}

        def statement(*_):
            counted["statements"] += 1

        def commit(*_):
            counted["commits"] += 1

        event.listen(self.database.engine, "before_cursor_execute", statement)
        event.listen(self.database.engine, "commit", commit)
        yield counted
        event.remove(self.database.engine, "before_cursor_execute", statement)
        event.remove(self.database.engine, "commit", commit)

    def _count(self, context, *, times):
        self.calls.append((context.element, times))
        return {"counted": times}

    def _person(self, id_number, name) -> Person:
        with self.database.write() as session:
            account = accounts.open_candidate(
                session,
                id_number=id_number,
                name=name,
                mobile="13900000001",
                password_hash="digest",
                now=self.clock.now(),
            )
        return self._signed_in(account)

    def _staff(self, username, role) -> Person:
        with self.database.write() as session:
            account = accounts.open_staff(
                session,
                username=username,
                name=username,
                mobile=None,
                password_hash="digest",
                roles=[role],
                now=self.clock.now(),
            )
        return self._signed_in(account)

    def _signed_in(self, account: Account) -> Person:
        with self.database.write() as session:
            found = session.get_one(Account, account.id)
            token = sign_ins.start(
                session, found, now=self.clock.now(), address="127.0.0.1", kind=found.kind
            )
        with self.database.write() as session:
            return sign_ins.person_of(session, token, self.clock.now())
