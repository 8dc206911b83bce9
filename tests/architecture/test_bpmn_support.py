"""`docs/bpmn-support.md` says of every element of the standard whether it runs."""

import re
from pathlib import Path

from engine.bpmn.checks.elements import EVENTS, REFUSED
from engine.bpmn.model import NODES
from tests.architecture.tree import PROJECT, require_none

PAGE = "docs/bpmn-support.md"
ROW = re.compile(r"^\| (?P<elements>`[^|]+) \| (?P<verdict>runs|refused) \|", re.MULTILINE)
NAME = re.compile(r"`(\w+)`")
NOT_DONE_BY_ANYONE = frozenset({"task", "manualTask"})


def violations(root: Path) -> list[str]:
    said = {
        name: row["verdict"]
        for row in ROW.finditer((root / PAGE).read_text(encoding="utf-8"))
        for name in NAME.findall(row["elements"])
    }
    return [
        f"{PAGE}: {name} is {said.get(name, 'not told of')}, and the check says {verdict}"
        for name, verdict in sorted(_verdicts().items())
        if said.get(name) != verdict
    ]


def _verdicts() -> dict[str, str]:
    refused = REFUSED | NOT_DONE_BY_ANYONE
    return {name: "refused" if name in refused else "runs" for name in NODES | EVENTS.keys()}


def test_every_element_is_told_of_as_the_check_sees_it():
    require_none(violations(PROJECT))
