"""Pages lead somewhere: every file that a page links or shows is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PROJECT, files, require_none

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
PAGES = ("README.md", "README.zh-CN.md", "CHANGELOG.md", "docs", "workflows", "forms", "webapp")


def violations(root: Path) -> list[str]:
    return [
        f"{page.relative_to(root)}: leads to {target}, which is not there"
        for page in files(root, "*.md", *(place for place in PAGES if (root / place).exists()))
        for target in _targets(page)
        if not (page.parent / target).exists()
    ]


def _targets(page: Path) -> Iterator[str]:
    for link in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        target = link["target"].partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield target


def test_every_link_of_a_page_leads_somewhere():
    require_none(violations(PROJECT))
