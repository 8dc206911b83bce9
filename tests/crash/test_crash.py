"""`make crash` in small, so that it does not rot, and two faults that it must find."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POINTS = (
    "answer: before the commit",
    "answer: after the commit",
    "file: half written",
    "job: before the commit",
    "SMS: sent, not marked",
    "migration: between two statements",
)


def crash(*points, **options):
    command = [sys.executable, "-m", "tests.crash", "--database", "sqlite", "--rounds", "1"]
    command += ["--people", "12", "--clients", "4", "--seconds", "40"]
    command += [part for point in points for part in ("--only", point)]
    command += [part for name, value in options.items() for part in (f"--{name}", value)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.nightly
def test_nothing_is_lost_or_doubled_whoever_is_killed():
    done = crash(*POINTS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("fault", "point", "says"),
    [
        ("answer-before-commit", "answer: before the commit", "was acknowledged"),
        ("mark-before-call", "SMS: about to be sent", "is marked as sent and never came"),
    ],
)
def test_a_seeded_fault_is_found(fault, point, says):
    done = crash(point, **{"seed-fault": fault, "patience": "20"})
    assert done.returncode == 1
    assert says in done.stdout
