"""A browser without a screen: it follows links and forms, and holds every page to the rules."""

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.webapp import page_rules

ORIGIN = "http://localhost"


class Page:
    """What came back: the answer, and the document in it if it is one."""

    def __init__(self, answer: TestResponse, url: str) -> None:
        self.answer, self.url = answer, url
        self.status, self.path = answer.status_code, urlsplit(url).path
        self.is_html = answer.mimetype == "text/html" and bool(answer.data)
        self.soup = BeautifulSoup(answer.data if self.is_html else b"", "lxml")

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
    def main(self) -> str:
        """The texts of the page without header and footer."""
        return " ".join(self.soup.main.get_text(" ").split()) if self.soup.main else ""

    @property
    def title(self) -> str:
        return " ".join(self.soup.h1.get_text(" ").split()) if self.soup.h1 else ""

    @property
    def errors(self) -> list[str]:
        return [li.get_text(" ", strip=True) for li in self.soup.select(".govuk-error-summary li")]

    @property
    def buttons(self) -> list[str]:
        return [label_of(button) for button in self.soup.select("button, a[role=button]")]

    def value(self, name: str) -> str | None:
        """What stands in a field of this name, as a browser would post it."""
        for form in self.soup.find_all("form"):
            for posted, value in successful(form):
                if posted == name:
                    return value
        return None


class Visitor:
    """One person's browser. `page` is what stands on the screen."""

    page: Page | None = None

    def __init__(self, app: Flask, *, address: str = "127.0.0.1", origin: str = ORIGIN) -> None:
        self.client = app.test_client()
        self.client.environ_base["REMOTE_ADDR"] = address
        self.origin = origin
        self.addresses: list[str] = []

    def get(self, path: str, **more) -> Page:
        """Ask once; what stands on the screen stays, redirects are not followed."""
        return self._received(self.client.get(path, **more), path)

    def post(self, path: str, data: Any = None, files: Mapping | None = None, **more) -> Page:
        """Post anything by hand, with the token of this browser unless one is given."""
        fields = MultiDict(data or {})
        if "csrf_token" not in fields:
            fields["csrf_token"] = self.token()
        for name, (filename, content, kind) in (files or {}).items():
            fields.add(name, (io.BytesIO(content), filename, kind))
        headers = {"Origin": self.origin, **more.pop("headers", {})}
        return self._received(self.client.post(path, data=fields, headers=headers, **more), path)

    def open(self, path: str, status: int = 200) -> Page:
        """Go to an address, along every redirect."""
        return self._arrive(self.get(path), status)

    def press(self, label: str, files: Mapping | None = None, status: int = 200, **typed) -> Page:
        """Fill the form around a button and press it; None leaves a box unticked."""
        button = self.button(label)
        return self._arrive(self.send(button, typed, files or {}), status)

    def press_once(self, label: str, files: Mapping | None = None, **typed) -> Page:
        """Press without following the redirect; what stands on the screen stays."""
        return self.send(self.button(label), typed, files or {})

    def button(self, label: str) -> Tag:
        """The first button that says so, or whose `name=value` is given."""
        for button in self.page.soup.find_all("button"):
            own = f"{button.get('name')}={button.get('value')}"
            if label in (label_of(button), own):
                return button
        raise LookupError(f"no button {label!r} among {self.page.buttons} at {self.page.path}")

    def send(self, button: Tag, typed: Mapping[str, Any], files: Mapping) -> Page:
        form = button.find_parent("form")
        fields = filled(successful(form), typed)
        if button.get("name"):
            fields.append((button["name"], button.get("value", "")))
        action = button.get("formaction") or form.get("action") or self.page.url
        data = MultiDict(fields)
        for name, (filename, content, kind) in files.items():
            data.add(name, (io.BytesIO(content), filename, kind))
        return self._received(
            self.client.post(
                urljoin(self.page.url, action),
                data=data,
                headers={"Origin": self.origin},
                content_type=form.get("enctype") or "application/x-www-form-urlencoded",
            ),
            urljoin(self.page.url, action),
        )

    def token(self) -> str:
        """The token that this browser's pages carry."""
        return (self.page and self.page.value("csrf_token")) or ""

    def cookie(self, name: str = "bishen-candidate") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None

    def _received(self, answer: TestResponse, url: str) -> Page:
        # A large body was written to a file on its way; the client leaves it open.
        answer.request.environ["wsgi.input"].close()
        self.addresses += [url, answer.headers.get("Location", "")]
        page = Page(answer, url)
        faults = page_rules.faults_of(page)
        assert faults == [], f"{url} ({page.status}): {faults}"
        return page

    def _arrive(self, page: Page, status: int) -> Page:
        for _turn in range(8):
            if page.status not in (301, 302, 303, 307, 308):
                break
            page = self.get(urljoin(page.url, page.answer.headers["Location"]))
        self.page = page
        assert page.status == status, f"{page.url}: {page.status} {page.title} {page.errors}"
        return page


def filled(fields: list[tuple[str, str]], typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields of a form with what was typed in their places; None leaves a box unticked."""
    kept = [(name, value) for name, value in fields if name not in typed]
    for name, value in typed.items():
        texts = value if isinstance(value, list | tuple) else [value]
        kept += [(name, text) for text in texts if text is not None]
    return kept


def successful(form: Tag) -> list[tuple[str, str]]:
    """What a browser posts of a form that nobody touched, without its buttons."""
    found = []
    for control in form.find_all(["input", "select", "textarea"]):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or control.has_attr("disabled") or kind in ("file", "submit", "button"):
            continue
        if control.name == "select":
            found += [(name, _option(control))]
        elif control.name == "textarea":
            found.append((name, control.get_text().removeprefix("\n")))
        elif kind not in ("checkbox", "radio") or control.has_attr("checked"):
            found.append((name, control.get("value", "on" if kind == "checkbox" else "")))
    return found


def label_of(button: Tag) -> str:
    return " ".join(button.get_text(" ").split())


def _option(select: Tag) -> str:
    options = select.find_all("option")
    chosen = next((o for o in options if o.has_attr("selected")), options[0] if options else None)
    return chosen.get("value", label_of(chosen)) if chosen is not None else ""
