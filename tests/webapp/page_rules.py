"""What is true of every page and every answer, whoever asked for it and whatever went wrong."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from webapp.security import HEADERS

EVENT = re.compile(r"on[a-z]+")
LANGUAGES = frozenset({"zh-CN", "en"})
ADDRESSES = ("href", "src", "action", "formaction", "poster")
SANDBOXED = "sandbox; default-src 'none'"
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
)


def faults_of(page: Any) -> list[str]:
    """Name what is wrong with the answer and with the document in it."""
    found = list(_headers(page))
    if page.is_html and page.status not in (301, 302, 303, 307, 308):
        found += [*_document(page.soup), *_inline(page.soup), *_fields(page.soup)]
    return found


def _headers(page: Any) -> Iterator[str]:
    headers = page.answer.headers
    for name, value in HEADERS.items():
        if headers.getlist(name) != [value]:
            yield f"{name} is {headers.getlist(name)}"
    policy = headers.get("Content-Security-Policy", "")
    if not all(rule in policy.split("; ") for rule in POLICY) and policy != SANDBOXED:
        yield f"the policy is {policy}"
    if headers.getlist("Cache-Control") != ["no-store"] and not page.path.startswith("/static/"):
        yield f"the answer may be kept: {headers.getlist('Cache-Control')}"
    if "Server" in headers or "X-Powered-By" in headers:
        yield "the answer tells what serves it"


def _document(soup: Any) -> Iterator[str]:
    yield from _references(soup)
    if len(soup.find_all("h1")) != 1:
        yield f"{len(soup.find_all('h1'))} first headings"
    if not soup.title or not soup.title.get_text(strip=True).strip("– "):
        yield "no title"
    if soup.html.get("lang") not in LANGUAGES:
        yield f"the language is {soup.html.get('lang')}"
    if not soup.select("meta[name=viewport]") or not soup.select("main#main-content"):
        yield "no viewport or no main part"
    for image in soup.find_all("img"):
        if not image.has_attr("alt"):
            yield f"a picture without words: {image.get('src')}"


def _references(soup: Any) -> Iterator[str]:
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    twice = [name for name, times in ids.items() if times > 1]
    if twice:
        yield f"ids twice: {twice}"
    for name in ("aria-describedby", "aria-labelledby", "for"):
        for tag in soup.find_all(attrs={name: True}):
            lost = [word for word in str(tag[name]).split() if word not in ids]
            if lost:
                yield f"the {name} of <{tag.name}> leads to {lost}, which is not there"


def _inline(soup: Any) -> Iterator[str]:
    if soup.find("style") or soup.find(style=True):
        yield "a style stands in the page"
    if any(not script.get("src") for script in soup.find_all("script")):
        yield "a script stands in the page"
    for tag in (child for child in soup.descendants if isinstance(child, Tag)):
        handlers = [name for name in tag.attrs if EVENT.fullmatch(name)]
        if handlers:
            yield f"<{tag.name}> has {handlers}"
        for name in ADDRESSES:
            address = str(tag.get(name, "")).strip().lower()
            if address.startswith(("javascript:", "data:", "vbscript:")):
                yield f"<{tag.name}> leads to {address[:20]}"


def _fields(soup: Any) -> Iterator[str]:
    labelled = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") in ("hidden", "submit"):
            continue
        named = control.get("id") in labelled or control.find_parent("label")
        if not named and not control.get("aria-label") and not control.get("aria-labelledby"):
            yield f"the field {control.get('name')} has no label"
    for button in soup.find_all("button"):
        says = button.get_text(strip=True) or button.get("aria-label")
        if not says and button.get("aria-hidden") != "true":
            yield f"the button {button.get('name')} says nothing"
    for form in soup.find_all("form"):
        if form.get("method", "get").lower() == "post" and not _has_token(form):
            yield f"a form without a token: {form.get('action')}"


def _has_token(form: Any) -> bool:
    found = form.select("input[type=hidden][name=csrf_token]")
    return len(found) == 1 and bool(found[0].get("value"))
