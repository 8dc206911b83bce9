"""The operators' guide explains every invariant that `bishen fsck` can name, and no other."""

import re

from engine.declaration.consistency import CASE_RULES, RULES
from tests.architecture.tree import PROJECT

ROW = re.compile(r"^\| `([a-z-]+)` \| .+ \|$", re.MULTILINE)


def test_the_guide_has_every_invariant_in_its_order():
    guide = (PROJECT / "docs/operator-guide.md").read_text(encoding="utf-8")
    told = guide.split("## What `bishen fsck` checks")[1].split("\n## ")[0]
    assert ROW.findall(told) == [*RULES, *CASE_RULES]
