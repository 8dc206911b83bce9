"""What the product is said to ask of a release by name is what its code asks for."""

import re
from functools import cache
from pathlib import Path

from engine.declaration.expectations import EXPECTATIONS
from tests.releases.editing import shipped

PROJECT = Path(__file__).parents[2]
ITSELF = "expectations.py"


@cache
def code() -> str:
    files = [*(PROJECT / "engine").rglob("*.py"), *(PROJECT / "webapp").rglob("*.py")]
    return "\n".join(f.read_text() for f in sorted(files) if f.name != ITSELF)


def is_said(name: str) -> bool:
    return re.search(rf'(?<![\w.])"{name}"', code()) is not None


def test_every_name_stands_in_the_code():
    names = [*EXPECTATIONS.tables, *EXPECTATIONS.texts, *EXPECTATIONS.messages]
    assert [name for name in names if not is_said(name)] == []


def test_every_text_that_no_diagram_sends_is_expected():
    keys = re.findall(r"^\[(\w+)\]", shipped().texts.decode(), re.MULTILINE)
    diagrams = b"".join(shipped().models.values()).decode()
    unsent = {key for key in keys if f"'\"{key}\"'" not in diagrams}
    assert unsent == set(EXPECTATIONS.texts)


def test_every_setting_that_the_code_reads_is_expected():
    read = set(re.findall(r'settings(?:\.get\(|\[)"(\w+)"', code()))
    assert read <= set(EXPECTATIONS.settings)
