"""A submit and pages over HTTP through granian, beside the façade alone; memory of the worker."""

import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event
from urllib.parse import urlencode
from uuid import UUID

from bench import site
from bench.contenders import PROJECT
from bench.models import FIELDS
from bench.report import Line
from bench.site import Site
from bench.timing import Stopwatch, seconds_of
from engine.settings import Settings

SUBJECT = "Over HTTP, through granian"
MOST_PAGES = 1.5
HIDDEN = re.compile(r'name="(csrf_token|version|submission)"[^>]*value="([^"]*)"')
BARE, PATIENCE = "/help", 400


def measure(rounds: int = 120) -> Iterator[Line]:
    """Yield the lines of this subject: submit, façade and bare page take turns on one database."""
    with tempfile.TemporaryDirectory(prefix="bishen-bench-") as name:
        home, port = Path(name), _free_port()
        with site.opened(home, port) as opened, _served(home, port) as server:
            browser = Browser(port, opened.cookie(opened.candidate))
            watches = _laps(browser, opened, rounds)
            browser.close()
            yield from _lines(watches)
            yield Line(SUBJECT, "memory of the worker (PSS)", _memory(server.pid), "MB")


class Browser:
    """One connection that is kept open, signed in."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)
        self._headers = {"Cookie": cookie, "Host": f"127.0.0.1:{port}"}

    def close(self) -> None:
        self._connection.close()

    def get(self, path: str, status: int = 200) -> str:
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status}")
        return text

    def filled(self, path: str) -> str:
        """Return what the page would post."""
        return urlencode({**dict(HIDDEN.findall(self.get(path))), **FIELDS, "outcome": "again"})

    def post(self, path: str, body: str) -> str:
        """Post and return where it leads."""
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", path, body, headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.headers["Location"]


def _laps(browser: Browser, opened: Site, rounds: int) -> dict[str, Stopwatch]:
    world = opened.world
    watches = {name: Stopwatch() for name in ("submit", "facade", "bare", "page")}
    path = f"/work-items/{world.start('loop')}"
    alone: UUID = world.start("loop")
    for number in range(-5, rounds):
        body, reached = browser.filled(path), [path]
        item = [alone]
        laps = {
            "submit": seconds_of(lambda p=path, b=body, r=reached: r.append(browser.post(p, b))),
            "facade": seconds_of(
                lambda i=item: i.append(world.post(i[0], "again").next_work_item_id)
            ),
            "bare": seconds_of(lambda: browser.get(BARE)),
            "page": seconds_of(lambda r=reached: browser.get(r[-1])),
        }
        path, alone = reached[-1], item[-1]
        if number >= 0:
            for name, seconds in laps.items():
                watches[name].laps.append(seconds)
    return watches


def _lines(watches: dict[str, Stopwatch]) -> Iterator[Line]:
    laps = zip(*(watches[name].laps for name in ("submit", "facade", "bare")), strict=True)
    over = median((submit - facade) / bare for submit, facade, bare in laps)
    yield Line(SUBJECT, "(submit - façade) ÷ bare page", over, most=MOST_PAGES)
    names = {
        "submit": "submit",
        "facade": "façade alone",
        "bare": f"bare page ({BARE})",
        "page": "page of a work item",
    }
    for name, said in names.items():
        yield Line(SUBJECT, said, watches[name].median * 1000, "ms")


@contextmanager
def _served(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    chosen = {
        "BISHEN_HOME": str(home),
        "BISHEN_PORT": str(port),
        "BISHEN_DEMO": "true",
        "BISHEN_MASTER_KEY": site.MASTER_KEY,
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.serve"],
        cwd=PROJECT,
        env={**Settings.surroundings(), **chosen},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield server
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    pause = Event()
    for _try in range(PATIENCE):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            pause.wait(0.05)
        else:
            return
    raise RuntimeError("the server did not come up")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _memory(parent: int) -> float:
    """Return the proportional memory of the server's child, in megabytes."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8").split()
    sizes = [
        int(line.split()[1])
        for child in children
        for line in Path(f"/proc/{child}/smaps_rollup").read_text(encoding="utf-8").splitlines()
        if line.startswith("Pss:")
    ]
    return max(sizes, default=0) / 1024
