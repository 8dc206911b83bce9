"""The web application on a home of the bench's own, and browsers that have signed in already."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import update

from bench import models, world
from engine.bootstrap import Engine, build
from engine.db import migrate
from engine.db.tables import import_tables
from engine.people import Person, Role, accounts, sign_ins
from engine.people.models import Account, SignIn
from engine.releases import Bundle
from engine.settings import Settings
from webapp.app import create_app

MASTER_KEY = bytes(range(32)).hex()


@dataclass(frozen=True)
class Site:
    engine: Engine
    app: Flask
    candidate: Person
    reviewer: Person

    def cookie(self, who: Person) -> str:
        """Sign someone in and return the cookie that their browser would hold."""
        with self.engine.database.write() as session:
            account = session.get_one(Account, who.account_id)
            now = self.engine.clock.now()
            token = sign_ins.start(
                session, account, now=now, address="127.0.0.1", kind=account.kind
            )
            session.execute(update(SignIn).values(verified_at=now))
        content = {"_user_id": token, "_fresh": True, "csrf_token": hashlib.sha256().hexdigest()}
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        if signer is None:
            raise RuntimeError("the application has no key")
        name = "staff" if who is self.reviewer else "candidate"
        return f"bishen-{name}={signer.dumps(content)}"

    @property
    def world(self) -> world.World:
        """The same engine as a measurement without a browser sees it."""
        engine = self.engine
        return world.World(
            engine.database, engine.cases, engine.library, engine.clock, self.candidate
        )


def settings_for(home: Path, port: int = 8000) -> Settings:
    return Settings(home=home, port=port, demo=True, master_key=MASTER_KEY, _env_file=None)


@contextmanager
def opened(home: Path, port: int = 8000) -> Iterator[Site]:
    """Build the application on an empty SQLite database with the bench's own models."""
    import_tables()
    engine = build(settings_for(home, port))
    migrate.upgrade(engine.database)
    with engine.database.write() as session:
        engine.library.publish(session, Bundle(models.files()), now=engine.clock.now())
        candidate = world.candidate(session, engine.clock)
        reviewer = accounts.open_staff(
            session,
            username="reviewer",
            name="审核员",
            mobile=None,
            password_hash="digest",  # noqa: S106 -- nobody signs in with it
            roles=[Role.CERTIFICATE_REVIEWER],
            now=engine.clock.now(),
        )
        people = _person(candidate, Role.CANDIDATE), _person(reviewer, Role.CERTIFICATE_REVIEWER)
    yield Site(engine, create_app(engine), *people)
    engine.close()


def _person(account: Account, role: Role) -> Person:
    return Person(account.id, account.kind, account.name or "", frozenset({role}), verified=True)
