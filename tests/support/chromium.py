"""The browser of the tests that need one.

Playwright allows one driver in a process and holds the event loop while it runs, so that a module
starts its own and ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FONTS = Path(__file__).parents[2] / "engine" / "documents" / "fonts"


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """Start Debian's Chromium with the fonts of the PDFs, whatever the machine has."""
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{FONTS}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder / 'fontcache'}</cachedir></fontconfig>"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox"],
            env={"FONTCONFIG_FILE": str(config), "HOME": str(folder)},
        )
        yield browser
        browser.close()
