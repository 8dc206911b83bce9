"""The child of `bishen check`: paths as JSON in, the faults of what lies there as JSON out.

It has little memory and little time: whatever a file does to a parser, it does it to the child.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from engine.cli.checking import check_paths
from engine.i18n import set_language

MEMORY = 2**30
SECONDS = 60


def main() -> None:
    limit()
    question = json.loads(sys.stdin.buffer.read())
    set_language(question["language"])
    found = check_paths([Path(os.fsdecode(bytes.fromhex(path))) for path in question["paths"]])
    sys.stdout.buffer.write(json.dumps([asdict(fault) for fault in found]).encode())


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
