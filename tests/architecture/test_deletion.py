"""The case engine is generic: without the declaration and its diagrams, its tests still pass."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.tree import PROJECT

ENGINE = ("tests/bpmn", "tests/cases", "tests/feel", "tests/dmn", "tests/forms", "tests/support")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "static", "declaration")
NEEDED = ("engine", "webapp/templates", *ENGINE)


@pytest.mark.nightly
def test_the_tests_of_cases_pass_without_the_declaration(tmp_path):
    for place in NEEDED:
        shutil.copytree(PROJECT / place, tmp_path / place, ignore=LEFT_OUT)
    for file in ("pyproject.toml", "tests/__init__.py", "tests/conftest.py"):
        shutil.copy(PROJECT / file, tmp_path / file)
    assert not (tmp_path / "engine" / "declaration").exists()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "not nightly",
            "-k",
            "not postgresql",
            "tests/cases",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
