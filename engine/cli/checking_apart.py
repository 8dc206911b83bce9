"""`bishen check` in a process of its own: what a file does to a parser, it does to a child that can
be stopped."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.bpmn import Fault
from engine.i18n import gettext as _
from engine.i18n import language

PATIENCE = 90.0
"""Seconds; the child stops itself earlier, after so much work of its own."""
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); {load}; main()"
LOAD = "from engine.cli.check_child import main"
PROJECT = Path(__file__).resolve().parents[2]


def check_apart(
    paths: Sequence[Path], *, patience: float = PATIENCE, load: str = LOAD
) -> list[Fault]:
    """Return the faults of the named files; one that could not be read to the end is a fault, too.

    `load` says where the child's `main` comes from.
    """
    question = {"language": language(), "paths": [os.fsencode(path).hex() for path in paths]}
    command = [sys.executable, "-I", "-c", CHILD.format(load=load), str(PROJECT)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and our own module
            command,
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _unfinished(paths)
    if done.returncode:
        return _unfinished(paths)
    return [Fault(**fault) for fault in json.loads(done.stdout)]


def _unfinished(paths: Sequence[Path]) -> list[Fault]:
    """Say for every path that nothing is known of it: silence would pass for praise."""
    text, mend = _("检查没有做完：时间或内存不够"), _("请一个文件一个文件地检查，找出是哪一个")
    names = [os.fsencode(path).decode(errors="replace") for path in paths] or [""]
    return [Fault(name, "", text, mend=mend) for name in names]
