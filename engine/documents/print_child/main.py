"""Print page after page: a line of JSON, page and assets in; a line of JSON and a PDF out."""

import ctypes
import json
import resource
import select
import sys
from pathlib import Path
from typing import IO, Any

MEMORY = 512 * 2**20
LARGEST_FILE = 64 * 2**20
IDLE = 120
"""Seconds without work after which the child goes home."""
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    _limit()
    # Only now: what is loaded here already lives under the limits.
    from .printing import Printer  # noqa: PLC0415

    printer = Printer(Path(sys.argv[2]))
    while question := _next_question(sys.stdin.buffer):
        answer, pdf = printer.answer(*question)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + pdf)
        sys.stdout.buffer.flush()


def _limit() -> None:
    # Fails where namespaces are not allowed; the fetcher stands guard with or without it.
    ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _next_question(pipe: IO[bytes]) -> tuple[str, dict[str, bytes]] | None:
    ready, _, _ = select.select([pipe], [], [], IDLE)
    line = pipe.readline() if ready else b""
    if not line:
        return None
    head: dict[str, Any] = json.loads(line)
    page = pipe.read(head["page"]).decode()
    return page, {url: pipe.read(size) for url, size in head["assets"]}
