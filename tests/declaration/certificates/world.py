"""Declarations of the demonstration's people, as far as their certificates look."""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from engine.bpmn import ServiceContext
from engine.cases import Kit, Look, Work
from engine.cases.models import Case
from engine.db import lookup_index
from engine.db.envelope import keyring
from engine.declaration import consolidation, demo, exemptions
from engine.declaration.exemptions import CertificateFacts, Decided
from engine.declaration.identity import canonical_id_number
from engine.declaration.models import Declaration, Exemption, RegistryEntry, Season
from engine.declaration.services import certificates
from engine.dmn import Decision
from engine.files import FileStore
from engine.forms import Submitted, Upload
from engine.people import Person, Role, accounts
from engine.people.models import Account
from engine.releases.models import Release

WORKFLOWS = Path(__file__).parents[3] / "workflows"
TABLES = {
    name: Decision.parse((WORKFLOWS / f"{name}.dmn").read_bytes())
    for name in ("exemption", "review_due")
}
REVIEWER = uuid4()


def decide(name: str, inputs: Mapping[str, Any]) -> Any:
    """The decision tables that are shipped."""
    return TABLES[name].evaluate(inputs).value


def facts(type_id="CET4", number="371100191000001", score=431, **changes) -> CertificateFacts:
    return CertificateFacts(
        type_id=type_id,
        number=number,
        score=score,
        level=changes.pop("level", None),
        issued_on=changes.pop("issued_on", None),
        details=changes.pop("details", {}),
    )


@dataclass
class Declarant:
    """One candidate with an open declaration."""

    world: "World"
    owner_id: UUID
    case_id: UUID
    declaration_id: UUID

    @contextmanager
    def writing(self):
        """Yield a session that commits, and the declaration in it."""
        with self.world.database.write() as session:
            yield session, session.get_one(Declaration, self.declaration_id)

    @contextmanager
    def reading(self):
        with self.world.database.read() as session:
            yield session, session.get_one(Declaration, self.declaration_id)

    def add(self, said: CertificateFacts | None = None, evidence: str = "e" * 64) -> UUID:
        with self.writing() as (session, declaration):
            return exemptions.add_certificate(
                session,
                declaration,
                said or facts(),
                file_id=uuid4(),
                evidence_hash=evidence,
                now=self.world.now,
            ).id

    def delete(self, certificate_id: UUID) -> None:
        with self.writing() as (session, declaration):
            exemptions.delete_certificate(session, declaration, certificate_id, self.world.now)

    def choose(self, certificate_id: UUID, code: str, table=decide) -> list[str]:
        with self.writing() as (session, declaration):
            chosen = exemptions.choose(
                session, declaration, certificate_id, code, decide=table, now=self.world.now
            )
            return [row.course_code for row in chosen]

    def hand_in(self) -> Mapping[str, Any]:
        return self.serve(certificates.submit_certificates)

    def serve(self, service) -> Mapping[str, Any]:
        """Call a service as the diagram does."""
        with self.writing() as (session, _declaration):
            return service(self.context(session))

    def context(self, session) -> ServiceContext:
        return ServiceContext(
            case_id=self.case_id,
            owner_id=self.owner_id,
            element="submit_certificates",
            now=self.world.now,
            session=session,
            decide=decide,
        )

    def decide(self, *, approve: bool, reason: str | None = None, text: str | None = None):
        """Decide on everything that waits, and let it take effect."""
        with self.writing() as (session, declaration):
            submission = exemptions.open_submission(session, declaration.id)
            exemptions.decide(
                session,
                submission,
                [
                    Decided(row.id, row.version, approve, None if approve else reason, text)
                    for row in submission.exemptions
                ],
                reviewer_id=REVIEWER,
                now=self.world.now,
            )
            return exemptions.apply_decisions(session, declaration, self.world.now)

    def states(self) -> dict[str, str]:
        with self.reading() as (session, declaration):
            rows = exemptions.exemptions_of(session, declaration.id)
            return {row.course_code: row.state for row in rows}

    def rows(self) -> list[Exemption]:
        """Every exemption there ever was, in the order of choosing."""
        with self.reading() as (session, declaration):
            return list(
                session.scalars(
                    select(Exemption)
                    .where(Exemption.declaration_id == declaration.id)
                    .order_by(Exemption.course_code, Exemption.version)
                )
            )

    def surroundings(self, session, person=None) -> dict[str, Any]:
        return {
            "session": session,
            "case_id": self.case_id,
            "owner_id": self.owner_id,
            "work_item_id": uuid4(),
            "element": "review_scores",
            "person": person or Person(self.owner_id, "candidate", "", frozenset({Role.CANDIDATE})),
            "now": self.world.now,
            "settings": {},
            "decide": decide,
            "forms": {},
        }

    def facts_of(self, component, kept: Mapping[str, Any] | None = None):
        """What the page knows. The session stays open as long as the test, like a request's."""
        look = Look(**self.surroundings(self.world.looking()))
        return {**component.facts(look, {"key": "part"}), "kept": kept or {}}

    def act(self, component, action: str, posted: Submitted, kept=None) -> str | None:
        """One action from the post to the commit."""
        bound = component.bind_action(action, posted, self.facts_of(component, kept))
        value = component.prepare(bound, Kit(self.world.files, self.world.now))
        with self.world.database.write() as session:
            return component.act(Work(**self.surroundings(session)), action, value)


@dataclass
class World:
    database: Any
    clock: Any
    folder: Path
    sessions: list[Any] = field(default_factory=list)

    def __post_init__(self):
        self.files = FileStore(self.folder, keyring())
        with self.database.write() as session:
            release = Release(number=1, digest="0" * 64, published_at=self.now)
            session.add(release)
            session.flush()
            self.release_id = release.id

    @property
    def now(self):
        return self.clock.now()

    def looking(self):
        session = self.database.open_read()
        self.sessions.append(session)
        return session

    def close(self) -> None:
        for session in self.sessions:
            session.close()

    def declarant(self, key: str) -> Declarant:
        who = next(c for c in demo.CANDIDATES if c.key == key)
        with self.database.write() as session:
            entry = session.scalars(
                select(RegistryEntry).where(RegistryEntry.admission_number == who.admission_number)
            ).one()
            account = self._account(session, who)
            season = session.scalars(select(Season)).one()
            case = Case(
                number=f"26-{key}-{uuid4().hex[:8]}",
                workflow="graduation_declaration",
                scope=uuid4().hex,
                release_id=self.release_id,
                owner_id=account.id,
                opened_at=self.now,
                changed_at=self.now,
            )
            session.add(case)
            session.flush()
            declaration = Declaration(
                case_id=case.id,
                owner_id=account.id,
                season_id=season.id,
                entry_id=entry.id,
                plan_id=entry.plan_id,
                opened_at=self.now,
            )
            session.add(declaration)
            session.flush()
            consolidation.load_own(session, declaration, self.now)
            return Declarant(self, account.id, case.id, declaration.id)

    def _account(self, session, who) -> Account:
        number = canonical_id_number(who.id_number)
        index = lookup_index(number, "id_number")
        found = session.scalar(select(Account).where(Account.id_number_index == index))
        return found or accounts.open_candidate(
            session,
            id_number=number,
            name=who.name,
            mobile=who.mobile,
            password_hash=None,
            now=self.now,
        )


def submitted(values: Mapping[str, str], **files: bytes) -> Submitted:
    return Submitted(
        {name: [text] for name, text in values.items()},
        {name: [Upload("照片.jpg", "image/jpeg", content)] for name, content in files.items()},
    )
