"""What a candidate does until the papers are printed, whatever happens to the server meanwhile."""

import http.client
import json
import random
import re
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import UUID

from engine.declaration import demo
from engine.people import captchas
from tests.crash.browsing import Browser
from tests.crash.people import Guest
from tests.webapp import walk
from tests.webapp.visitor import Page

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
PAY = re.compile(r"/pay/")
THINKING = 0.15
"""Seconds a person takes for a page, so that people do not all walk in step."""
MAIL: Mapping[str, str] = {
    "method": "mail",
    "recipient": "测试癸",
    "mobile": "13900000001",
    "province": "370000",
    "city": "青岛市",
    "county": "市南区",
    "address": "演示路1号2单元301",
    "consent": "true",
}
DONE, WITHDRAWN = walk.PRINTING, "撤回申报"
WITHDRAWING, MAILING = 0.5, 0.8
"""How many of those who have come to the end withdraw all the same; how many pay for the mail."""
SIGN_IN, VERIFY = "考生登录", "短信验证"
A_MINUTE = 61.0
"""Seconds between two codes to one phone."""


def declare(
    browser: Browser, guest: Guest, viewer: str, chance: random.Random, patience: float
) -> str:
    """Declare from the home page on; return the title of the page where it ended.

    `patience` are the seconds without a page that is new to them after which people give up."""
    person = Candidate(browser, guest, viewer, chance)
    browser.page = browser.get("/home")
    seen, since = set[str](), time.monotonic()
    while browser.page.title != DONE and time.monotonic() - since < patience:
        time.sleep(THINKING * chance.random())
        person.act()
        if browser.page.title not in seen:
            seen.add(browser.page.title)
            since = time.monotonic()
    if browser.page.title == DONE and chance.random() < WITHDRAWING:
        return person.withdraw()
    return browser.page.title


class Candidate:
    """Someone who does what the page asks for; who is lost goes home and looks again."""

    def __init__(self, browser: Browser, guest: Guest, viewer: str, chance: random.Random) -> None:
        self.browser, self.guest, self.viewer, self.chance = browser, guest, viewer, chance
        self.steps: Mapping[str, Callable[[], None]] = {
            walk.FIRST: lambda: self._press("发送短信验证码"),
            walk.CODE: self._enter_code,
            walk.CONSOLIDATION: lambda: self._press("下一步"),
            walk.APPLICATION: self._apply,
            walk.REVIEW: lambda: self._press("下一步"),
            walk.TRANSCRIPT: lambda: self._press("outcome=confirm"),
            walk.INFORMATION: self._inform,
            walk.DELIVERY: self._choose_delivery,
            SIGN_IN: self._sign_in,
            VERIFY: self._verify,
        }
        self.told: set[str] = set()
        self.asked_at = 0.0

    def act(self) -> None:
        page = self.browser.page
        links = [a["href"] for a in page.soup.find_all("a", href=True)]
        to_pay = next((href for href in links if PAY.search(href)), None)
        onwards = next((href for href in links if href.startswith("/work-items/")), None)
        if page.title in self.steps and page.status == 200:
            self.steps[page.title]()
        elif to_pay:
            _pay(to_pay)
            self._go("/home")
        elif page.path == "/home" and onwards:
            self._go(onwards)
        elif page.path == "/home" and any(b.startswith("用准考证号") for b in page.buttons):
            walk.begin(self.browser)
        else:
            time.sleep(0.3)
            self._go("/home")

    def withdraw(self) -> str:
        """Take it all back, while the documents are being printed; whoever paid is refunded."""
        self._go("/home")
        while WITHDRAWN in self.browser.page.buttons:
            self._press(WITHDRAWN)
            self._go("/home")
        return WITHDRAWN

    def _press(
        self, label: str, files: Mapping[str, object] | None = None, **typed: object
    ) -> None:
        """Press and follow, wherever it leads."""
        page = self.browser.press_once(label, files, **typed)
        if page.status == 303:
            self._go(page.answer.headers["Location"])
        else:
            self.browser.page = page

    def _go(self, path: str) -> None:
        page = self.browser.get(path)
        for _turn in range(8):
            if page.status not in (301, 302, 303):
                break
            page = self.browser.get(page.answer.headers["Location"])
        self.browser.page = page

    def _enter_code(self) -> None:
        code = newest_code(self.viewer, self.guest.who.mobile)
        if code:
            self.told.add(code)
            self._press("提交", code=code)
        else:
            self._go(self.browser.page.path)

    def _sign_in(self) -> None:
        """The new cookie of a sign-in that was just checked may have been lost with its answer."""
        who = self.guest.who
        typed = {"admission_number": who.admission_number, "password": demo.PASSWORD}
        self._press("登录", **typed, **_captcha(self.browser.page))

    def _verify(self) -> None:
        """Ask for one more code, as soon as the phone may have one, and enter it."""
        code = newest_code(self.viewer, self.guest.who.mobile)
        if code and code not in self.told:
            self.told.add(code)
            self._press("提交", code=code, **_captcha(self.browser.page))
        elif time.monotonic() - self.asked_at > A_MINUTE:
            self.asked_at = time.monotonic()
            self._press("do=send_code", **_captcha(self.browser.page))
        else:
            time.sleep(0.3)

    def _apply(self) -> None:
        """Half of the people want the first batch, where there is one seat; then any will do."""
        circles = self.browser.page.soup.find_all("input", {"name": "batch"})
        free = [circle["value"] for circle in circles if "disabled" not in circle.attrs]
        batch = free[0] if self.chance.random() < 0.5 else self.chance.choice(free)
        self._press("outcome=next", category="junior_college", batch=batch)

    def _inform(self) -> None:
        if self.browser.page.soup.select("img.app-photo__picture"):
            self._press("下一步", **walk.INFORMATION_FIELDS)
        else:
            self._press("上传照片", {"photo.image": self.guest.portrait()})

    def _choose_delivery(self) -> None:
        if self.chance.random() < MAILING:
            self._press("outcome=next", **MAIL)
        else:
            choice = walk.option(self.browser, "method", "现场领取")
            self._press("outcome=next", method=choice)


def _captcha(page: Page) -> dict[str, str]:
    """Read the picture as its maker does."""
    shown = page.value("captcha_id")
    return {"captcha": captchas.DERIVED.answer(UUID(shown))} if shown else {}


def newest_code(viewer: str, mobile: str) -> str | None:
    address = f"{viewer}/messages?mobile={mobile}"
    with urlopen(address, timeout=5) as answer:  # noqa: S310 -- our own phone
        for message in json.load(answer):
            found = CODE.search(message["text"])
            if found:
                return found[0]
    return None


def _pay(address: str) -> None:
    """Pay at the platform, which is never killed, and do not follow where it leads."""
    there = urlsplit(address)
    connection = http.client.HTTPConnection(there.netloc, timeout=10)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", there.path, "outcome=paid", headers)
    connection.getresponse().read()
    connection.close()
