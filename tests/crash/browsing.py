"""A browser that asks again whenever the answer did not come: the same request, to the byte."""

import http.client
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.test import EnvironBuilder

from tests.webapp.visitor import Page, Visitor

PAUSE = 0.3
PATIENCE = 120.0
"""Seconds after which a browser gives a server up for lost."""


@dataclass(frozen=True)
class Acknowledged:
    """A step that the product said it had carried out."""

    submission: UUID
    work_item: UUID
    asked: int
    """How often it was asked: more than once, if an answer did not come."""
    is_action: bool = False
    """The work item stays open after an action, such as an upload."""


@dataclass
class Ledger:
    """What all the browsers were told; they are not killed."""

    steps: list[Acknowledged] = field(default_factory=list)
    refused: list[tuple[UUID, str]] = field(default_factory=list)
    """Steps that were asked again and refused: a fault if they had been carried out."""
    guard: threading.Lock = field(default_factory=threading.Lock)

    def note(self, path: str, form: Mapping[str, str], status: int, asked: int) -> None:
        """Note what came of a post, if it was a step or an action of a step."""
        place, _, rest = path.strip("/").partition("/")
        work_item, _, action = rest.partition("/")
        if place != "work-items" or action == "draft" or "submission" not in form:
            return
        with self.guard:
            submission = UUID(form["submission"])
            if status == 303:
                step = Acknowledged(submission, UUID(work_item), asked, is_action=bool(action))
                self.steps.append(step)
            elif asked > 1:
                self.refused.append((submission, f"{path}: {status}"))


@dataclass(frozen=True)
class Answer:
    """As much of an answer as a page wants to know."""

    status_code: int
    headers: Mapping[str, str]
    data: bytes
    mimetype: str


class Unreachable(Exception):
    """The server did not come back."""


class Browser(Visitor):
    """The tests' browser over real HTTP."""

    def __init__(self, base: str, cookie: str, address: str, ledger: Ledger) -> None:
        self.origin, self._address, self._ledger = base, address, ledger
        self._host = urlsplit(base).netloc
        self._cookies = {"bishen-candidate": cookie}
        self.client = self
        self.addresses: list[str] = []

    def get(self, path: str, **_more: Any) -> Page:
        return Page(self._ask("GET", path, b"", {})[0], path)

    def post(self, url: str, data: Any = None, **more: Any) -> Answer:  # type: ignore[override]
        """Stand where the test client stands: `Visitor.send` posts through it."""
        form = {name: value for name, value in data.items() if isinstance(value, str)}
        builder = EnvironBuilder(method="POST", data=data, content_type=more.get("content_type"))
        environ = builder.get_environ()
        body = environ["wsgi.input"].read()
        builder.close()
        path = urlsplit(url).path
        headers = {"Content-Type": environ["CONTENT_TYPE"], "Origin": self.origin}
        answer, asked = self._ask("POST", path, body, headers)
        self._ledger.note(path, form, answer.status_code, asked)
        return answer

    def _received(self, answer: Any, url: str) -> Page:
        return Page(answer, url)

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[Answer, int]:
        asked, until = 0, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                asked += 1
                answer = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                time.sleep(PAUSE)
                continue
            if answer.status_code not in (502, 503):
                return answer, asked
            time.sleep(PAUSE)
        raise Unreachable(path)

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection(self._host, timeout=30)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            whose = {"Cookie": cookie, "X-Forwarded-For": self._address}
            target = urlsplit(path)._replace(scheme="", netloc="", fragment="").geturl()
            connection.request(method, target, body or None, {**headers, **whose})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for header in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self._cookies[name] = morsel.value
        kind = parse_options_header(answer.headers.get("Content-Type", ""))[0]
        return Answer(answer.status, Headers(answer.headers.items()), content, kind)
