"""`docs/feel-and-dmn.md` tells of every function, and of faults as they really are."""

import re
from pathlib import Path

import pytest

from engine.dmn.boxed import KINDS
from engine.feel import FeelError, limits, parse
from engine.feel.builtins import BUILTINS
from engine.i18n import speaking

PAGE = (Path(__file__).parents[2] / "docs/feel-and-dmn.md").read_text("utf-8")
FAULTS = re.findall(r"^\| `([^|]+)` \| (Line .+) \|$", PAGE, re.MULTILINE)


def test_every_function_is_told_of_with_what_it_takes():
    for name, each in BUILTINS.items():
        takes = ", ".join(
            one.name + "?" * one.optional + "…" * one.variadic for one in each.signature.parameters
        )
        assert f"`{name}({takes})`" in PAGE


@pytest.mark.parametrize(("source", "says"), FAULTS)
def test_a_fault_reads_as_the_page_says(source, says):
    with speaking("en"), pytest.raises(FeelError) as caught:
        parse(source).evaluate({})
    with speaking("en"):
        assert str(caught.value) == says


def test_the_page_shows_faults_kinds_and_budgets():
    assert len(FAULTS) == 14
    assert all(f"`{kind}`" in PAGE for kind in KINDS)
    for limit in (limits.SOURCE, limits.STEPS, limits.ITEMS, limits.TEXT):
        assert f"{limit:,}".replace(",", " ") in PAGE
