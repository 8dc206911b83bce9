"""Sample pages, one for each pattern, as a browser would get them."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.i18n import gettext, speaking
from engine.settings import Settings

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "webapp" / "templates"
STATIC = ROOT / "webapp" / "static"
SAMPLES = Path(__file__).parent / "samples"

CANDIDATE = SimpleNamespace(name="测试甲", kind="candidate")
REVIEWER = SimpleNamespace(name="王审核", kind="staff")
STAFF_PAGES = ("queue", "desk")
CANDIDATE_PAGES = (
    "form", "home", "batches", "scores", "matching", "photo", "payment", "printing",
)  # fmt: skip
ERROR_PAGES = ("400", "403", "404", "409", "413", "422", "429", "500", "503")
NAMES = (*CANDIDATE_PAGES, *STAFF_PAGES, *ERROR_PAGES)


def manifest() -> dict[str, str]:
    return json.loads((STATIC / "manifest.json").read_text())


def render(name: str, language: str = "zh", **more: Any) -> str:
    """Return a sample page, or an error page, in one language."""
    template = f"errors/{name}.html" if name in ERROR_PAGES else f"{name}.html"
    with speaking(language):
        return _environment().get_template(template).render(**_context(name, language), **more)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, SAMPLES]), autoescape=True, undefined=StrictUndefined
    )
    files = manifest()
    environment.globals["asset"] = lambda name: f"/static/{files[name]}"
    environment.globals["_"] = gettext
    environment.globals["csrf_token"] = lambda: "token"
    return environment


def _context(name: str, language: str) -> dict[str, Any]:
    is_staff = name in STAFF_PAGES
    return {
        "language": language,
        "staff_prefix": "/staff" if is_staff else "",
        "settings": Settings(_env_file=None, demo=True, filing_number="鲁ICP备00000000号"),
        "person": REVIEWER if is_staff else CANDIDATE,
        "navigation": _navigation(is_staff),
    }


def _navigation(is_staff: bool) -> list[SimpleNamespace]:
    labels = (
        ("待办", "案件", "运行情况", "账号") if is_staff else ("我的申报", "打印材料", "信息更正")
    )
    return [
        SimpleNamespace(label=label, href="#", current=index == 0)
        for index, label in enumerate(labels)
    ]
