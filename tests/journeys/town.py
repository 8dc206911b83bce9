"""The whole product on loopback: the web, its jobs, the SMS viewer and the payment platform."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen
from uuid import UUID

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from engine.bootstrap import Engine, build
from engine.clock import MovableClock
from engine.db import migrate
from engine.db.tables import import_tables
from engine.declaration import demo
from engine.settings import Settings
from tests.journeys.album import Album
from tests.support.keys import KEY_OF_THE_TESTS
from webapp.app import create_app
from webapp.sandbox import payment_platform, sms_viewer

CAPTCHA = "24680"
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
BEGIN = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class KnownAnswers:
    """A captcha source whose answer the tests know; the check itself stays on."""

    def answer(self, captcha_id: UUID) -> str:
        return CAPTCHA


@dataclass
class Town:
    """Addresses and the engine behind them."""

    engine: Engine
    clock: MovableClock
    address: str
    viewer: str
    platform: str
    platform_app: Flask
    browser: Browser
    album: Album

    def person(self, *, width: int = 1280, script: bool = True) -> "Visitor":
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, locale="zh-CN"
        )
        return Visitor(self, context, context.new_page())

    def messages(self, mobile: str) -> list[str]:
        """Texts that reached a phone, newest first."""
        self.engine.worker.run_due()
        with urlopen(f"{self.viewer}/messages?mobile={mobile}") as answer:  # noqa: S310 -- ours
            return [message["text"] for message in json.load(answer)]

    def code(self, mobile: str) -> str:
        """The newest code that reached a phone."""
        for text in self.messages(mobile):
            found = CODE.search(text)
            if found:
                return found[0]
        raise LookupError(f"no code reached {mobile}")


@dataclass
class Visitor:
    """Someone with a browser of their own."""

    town: Town
    context: BrowserContext
    page: Page

    def goto(self, path: str) -> None:
        self.page.goto(f"{self.town.address}{path}")

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def sees(self, text: str) -> bool:
        return text in self.page.locator("body").inner_text()

    def title(self) -> str:
        return self.page.locator("h1").first.inner_text().strip()

    def shot(self, name: str) -> None:
        """Leave a picture of the page as it is; into the album, one at each width."""
        self.town.album.take(self.page, name)

    def register(self, person) -> None:
        self.goto("/register")
        self.fill("准考证号", person.admission_number)
        self.fill("身份证号", person.id_number)
        self.fill("姓名", person.name)
        self.fill("手机", person.mobile)
        self.fill("图形验证码", CAPTCHA)
        self.press("获取短信验证码")
        self.fill("短信验证码", self.town.code(person.mobile))
        self.fill("密码", demo.PASSWORD)
        self.fill("确认密码", demo.PASSWORD)
        self.page.get_by_label("我已阅读申报须知").check()
        self.press("提交")

    def sign_in(self, admission_number: str) -> None:
        self.goto("/sign-in")
        self.fill("准考证号", admission_number)
        self.fill("密码", demo.PASSWORD)
        self.fill("图形验证码", CAPTCHA)
        self.press("登录")

    def verify(self, mobile: str) -> None:
        """Give the code that every sign-in asks before it shows personal data."""
        self.press("发送短信验证码")
        self.fill("短信验证码", self.town.code(mobile))
        self.press("提交")

    def sign_in_as_staff(self, username: str) -> None:
        self.goto("/staff/sign-in")
        self.fill("用户名", username)
        self.fill("密码", demo.PASSWORD)
        self.fill("图形验证码", CAPTCHA)
        self.press("登录")


@contextmanager
def town(folder: Path, browser: Browser, album: Album, url: str = "") -> Iterator[Town]:
    """Run everything for the length of a block."""
    ports = [free_port() for _ in range(3)]
    web, viewer, platform = (f"http://127.0.0.1:{port}" for port in ports)
    settings = Settings(
        home=folder / "home",
        master_key=KEY_OF_THE_TESTS.hex(),
        database_url=url,
        port=ports[0],
        demo=True,
        sms_provider="viewer",
        sms_viewer_url=viewer,
        payment_provider="sandbox",
        payment_platform_url=platform,
    )
    clock = MovableClock(BEGIN)
    import_tables()
    engine = build(settings, clock=clock, captcha_source=KnownAnswers())
    migrate.upgrade(engine.database)
    engine.publish()
    with engine.database.write() as session:
        demo.load(session, clock.now())
        demo.open_accounts(session, clock.now())
    applications = (
        create_app(engine),
        sms_viewer.create_app(folder / "phones", clock=clock),
        payment_platform.create_app(folder / "platform", clock=clock, background=False),
    )
    with ExitStack() as stack:
        for application, port in zip(applications, ports, strict=True):
            stack.enter_context(serving(application, port))
        yield Town(engine, clock, web, viewer, platform, applications[2], browser, album)
    engine.close()


@contextmanager
def serving(application, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
