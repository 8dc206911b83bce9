"""The processes of one run: web and workers are killed, the phone and the platform never."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

from engine.cli import demonstration
from engine.settings import Settings
from tests.crash.points import ARMED, KILLED

ROOT = Path(__file__).parents[2]
TO_START = 60.0


@dataclass
class Premises:
    """What runs where; a process of the product that ended is started again by `look_after`."""

    settings: Settings
    roles: tuple[str, ...]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.settings.address

    def migrate(self) -> int:
        """Run the migrations in a process of their own; return how it ended."""
        return self._child("migrate", "migration").wait()

    def fsck(self) -> list[dict[str, str]]:
        """What `bishen fsck` finds broken."""
        command = [sys.executable, "-m", "engine.cli", "fsck", "--json"]
        own = environment(self.settings)
        done = subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, check=False)
        broken: list[dict[str, str]] = json.loads(done.stdout)
        return broken

    def open(self) -> None:
        for name in self.roles:
            self._start(name)
        self.wait_until_open()

    def look_after(self) -> None:
        """Start again whatever has ended."""
        for name in self.roles:
            if has_ended(self.running[name]):
                self.restart(name)

    def restart(self, *names: str) -> None:
        """Kill these, all of them before the first one starts again."""
        for name in names:
            self.kill(name)
        for name in names:
            self._start(name)

    def kill(self, name: str) -> None:
        """End a process and its children without a word, as a power cut does.

        Until it is waited for here, nobody else can have the number of its group.
        """
        child = self.running.pop(name)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def is_open(self) -> bool:
        with suppress(OSError), urlopen(f"{self.address}/", timeout=5) as answer:  # noqa: S310 -- ours
            return bool(answer.status == 200)
        return False

    def wait_until_open(self) -> None:
        until = time.monotonic() + TO_START
        while not self.is_open():
            if time.monotonic() > until:
                raise RuntimeError(f"the web did not start; see {self.settings.home}/web.log")
            self.look_after()
            time.sleep(0.1)

    def close(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def _start(self, name: str) -> None:
        self.running[name] = self._child(name.partition("-")[0], name)

    def _child(self, role: str, name: str) -> subprocess.Popen[bytes]:
        with (self.settings.home / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.crash.victim", role],
                cwd=ROOT,
                env=environment(self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,  # So that a kill takes the server's own children along.
            )


def has_ended(child: subprocess.Popen[bytes]) -> bool:
    """Tell whether a child has ended, without letting go of its number."""
    look = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, child.pid, look) is not None


@contextmanager
def premises(home: Path, database_url: str) -> Iterator[Premises]:
    """Let the phone and the platform run, and end everything with the block."""
    web, phone, platform = free_ports(3)
    settings = demonstration.settings_for(web, home).model_copy(
        update={
            "database_url": database_url,
            "workers": 0 if database_url else 1,
            "sms_viewer_url": f"http://127.0.0.1:{phone}",
            "payment_platform_url": f"http://127.0.0.1:{platform}",
        }
    )
    for folder in (home, home / ARMED, home / KILLED):
        folder.mkdir(parents=True, exist_ok=True)
    roles = ("web", "worker-1", "worker-2") if database_url else ("web", "worker-1")
    found = Premises(settings, roles)
    with ExitStack() as stack:
        for module, port, folder in (
            ("webapp.sandbox.sms_viewer", phone, home / "phones"),
            ("webapp.sandbox.payment_platform", platform, home / "platform"),
        ):
            command = demonstration.service(module, port, folder)
            child = stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
            )
            stack.callback(child.terminate)
            _wait_for(port)
        stack.callback(found.close)
        yield found


def environment(settings: Settings) -> dict[str, str]:
    own = dict(demonstration.environment(settings))
    own["BISHEN_DATABASE_URL"] = settings.database_url
    own["BISHEN_TRUSTED_PROXIES"] = "1"  # The browsers say themselves where they are.
    return own


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _wait_for(port: int) -> None:
    until = time.monotonic() + TO_START
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on {port}")
