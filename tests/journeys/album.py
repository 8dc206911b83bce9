"""Pictures of pages: screenshots of a journey, or the small ones that the documentation shows."""

import hashlib
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent.parent
SCREENSHOTS = Path(__file__).parent / "screenshots"
PICTURES = ROOT / "docs" / "pictures"
MANIFEST = PICTURES / "manifest.json"
WIDTHS = (1280, 390)
SCALE = 0.5
TWINS = "without-scripts-"
"""Pages that look the same as their twins."""
TALLEST = 1400
"""Rows of a picture for the documentation; a longer page is cut."""


class Album:
    """Full pictures beside the tests; with `keeps`, small ones at both widths in docs/pictures."""

    def __init__(self, *, keeps: bool = False) -> None:
        self._keeps = keeps

    def take(self, page: Page, name: str) -> None:
        if self._keeps and name.startswith(TWINS):
            return
        if not self._keeps:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
            return
        before = page.viewport_size or {"width": WIDTHS[0], "height": 900}
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            # As high as the page, so that what sticks to the window's edge lies where it belongs.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": height})
            _keep(page.screenshot(full_page=True), PICTURES / f"{name}-{width}.webp")
        page.set_viewport_size(before)

    def keep_pdf(self, content: bytes, name: str) -> None:
        """Keep the pages of a PDF side by side."""
        if not self._keeps:
            return
        subprocess.run(
            ["pdftoppm", "-r", "50", "-png", "-", "page"],
            input=content,
            cwd=self._pages(),
            check=True,
        )
        pages = [Image.open(path) for path in sorted(self._pages().glob("page*.png"))]
        row = Image.new("RGB", (sum(p.width + 12 for p in pages), pages[0].height), "#cfd6de")
        for place, page in enumerate(pages):
            row.paste(page, (sum(p.width + 12 for p in pages[:place]), 0))
        row.save(PICTURES / f"{name}.webp", "WEBP", quality=75)
        for path in self._pages().glob("page*.png"):
            path.unlink()

    def _pages(self) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        return SCREENSHOTS

    def close(self) -> None:
        """Write down what the pages were drawn from when the pictures were taken."""
        if self._keeps:
            MANIFEST.write_text(json.dumps(sources(), indent=1, sort_keys=True) + "\n")


def sources() -> dict[str, str]:
    """Hashes of everything that decides how a page looks, by path."""
    return {str(path.relative_to(ROOT)): _digest(path) for path in _drawn_from()}


def _drawn_from() -> Iterator[Path]:
    for folder, pattern in (
        ("webapp/templates", "**/*.html"),
        ("webapp/frontend/src", "**/*.scss"),
        ("forms", "*.form"),
    ):
        yield from sorted((ROOT / folder).glob(pattern))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _keep(content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    size = (round(picture.width * SCALE), round(picture.height * SCALE))
    small = picture.resize(size, Image.Resampling.LANCZOS)
    small.crop((0, 0, small.width, min(small.height, TALLEST))).save(path, "WEBP", quality=70)
