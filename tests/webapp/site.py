"""The whole application in one process: people with browsers in front, phones that remember."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from engine.bootstrap import Engine, build
from engine.clock import MovableClock
from engine.db import migrate
from engine.db.tables import import_tables
from engine.declaration import demo
from engine.releases import OpenRelease
from engine.settings import Settings
from tests.webapp.visitor import Visitor
from webapp.app import create_app

BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CAPTCHA = "24680"
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
MASTER_KEY = bytes(range(32)).hex()
"""The key that `tests/conftest.py` installs: one process has one key ring."""


class KnownAnswers:
    """A captcha source whose answer the tests know; the check itself stays on."""

    def answer(self, captcha_id: UUID) -> str:
        return CAPTCHA


@dataclass
class Phones:
    """A provider of texts that keeps them, newest last, by mobile."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    keys: set[UUID] = field(default_factory=set)

    def send(self, mobile: str, body: str, *, key: UUID) -> str:
        if key not in self.keys:
            self.keys.add(key)
            self.texts.setdefault(mobile, []).append(body)
        return str(key)


class Compiled(BytecodeCache):
    """The templates, compiled once for all the sites of a test run."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
RELEASES: dict[UUID, OpenRelease] = {}


@dataclass
class Site:
    engine: Engine
    clock: MovableClock
    app: Flask
    phones: Phones

    def visitor(self, **more) -> Visitor:
        """Someone who has not signed in, with a browser of their own."""
        return Visitor(self.app, **more)

    def candidate(self, key: str, **more) -> Visitor:
        """A candidate who has given a password and not yet a code."""
        visitor = self.visitor(**more)
        visitor.open("/sign-in")
        visitor.press(
            "登录",
            admission_number=person(key).admission_number,
            password=demo.PASSWORD,
            captcha=CAPTCHA,
        )
        assert visitor.page.path != "/sign-in", visitor.page.errors
        return visitor

    def verified(self, key: str, **more) -> Visitor:
        """A candidate who has given both."""
        visitor = self.candidate(key, **more)
        visitor.open("/sign-in/verify")
        visitor.press("发送短信验证码")
        visitor.press("提交", code=self.code(key))
        assert visitor.page.path == "/home", visitor.page.errors
        return visitor

    def staff(self, username: str, **more) -> Visitor:
        visitor = self.visitor(**more)
        visitor.open("/staff/sign-in")
        visitor.press("登录", username=username, password=demo.PASSWORD, captcha=CAPTCHA)
        assert visitor.page.path == "/staff/queue", visitor.page.errors
        return visitor

    def messages(self, mobile: str) -> list[str]:
        """Texts that reached a phone, newest last."""
        self.engine.worker.run_due()
        return self.phones.texts.get(mobile, [])

    def code(self, key: str) -> str:
        """The newest code on the phone of someone of the registry."""
        return self.code_at(person(key).mobile)

    def code_at(self, mobile: str) -> str:
        for text in reversed(self.messages(mobile)):
            found = CODE.search(text)
            if found:
                return found[0]
        raise LookupError("no code reached this phone")


def person(key: str) -> demo.DemoCandidate:
    return next(found for found in demo.CANDIDATES if found.key == key)


def prepare(settings: Settings, now: datetime = BEGIN) -> None:
    """Fill an empty database: tables, the release, the people of the demonstration."""
    import_tables()
    engine = build(settings, clock=MovableClock(now))
    migrate.upgrade(engine.database)
    engine.publish()
    with engine.database.write() as session:
        demo.load(session, now)
        demo.open_accounts(session, now)
    engine.close()


def settings_for(home: Path, url: str = "", **more) -> Settings:
    chosen = {"demo": True, "master_key": MASTER_KEY, **more}
    return Settings(home=home, database_url=url, _env_file=None, **chosen)


@contextmanager
def opened(settings: Settings, now: datetime = BEGIN, **border) -> Iterator[Site]:
    """The application on what the settings name, for the length of a block."""
    clock, phones = MovableClock(now), Phones()
    engine = build(
        settings, clock=clock, captcha_source=KnownAnswers(), sms_provider=phones, **border
    )
    # Releases and templates are read once for all the sites of a run: they never change.
    engine.library._open = RELEASES
    app = create_app(engine)
    app.jinja_env.bytecode_cache = COMPILED
    yield Site(engine, clock, app, phones)
    engine.close()


def copied(template: Path, folder: Path) -> Path:
    """A home of one's own, as the template was left."""
    return Path(shutil.copytree(template, folder / "home"))
