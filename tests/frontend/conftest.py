"""The sample pages, opened in a browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.frontend import browser as browsers
from tests.frontend import gallery


@pytest.fixture(scope="session")
def built() -> None:
    if not (gallery.STATIC / "manifest.json").is_file():
        pytest.fail("There is nothing built: run `python -m webapp.frontend.build` first.")


@pytest.fixture
def visit(built, chromium) -> Iterator[Callable[..., Page]]:
    """Open a sample page; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    opened: list[Page] = []

    def visit(name: str, *, width: int = 1280, script: bool = True) -> Page:
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if line.type == "error" else None
        )
        page.route("**/*", browsers.answer)
        page.goto(f"{browsers.ORIGIN}/{name}")
        opened.append(page)
        return page

    yield visit
    for page in opened:
        page.close()
    assert complaints == []
