"""Print in a child process that can be stopped: it has our fonts, what it is given, no more."""

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from xml.sax.saxutils import escape

from engine.documents.faults import NotPrinted, Unprintable
from engine.documents.fonts_kept import FONTS, faces_of
from engine.documents.glyphs import check_glyphs, text_of

PATIENCE = 20.0
RECYCLE = 200
"""Documents after which a child is replaced, since every document leaves a little memory behind."""
MAX_HTML = 2_000_000
CHILD = "import sys; sys.path.append(sys.argv[1]); from print_child.main import main; main()"
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def render(html: str, *, assets: Mapping[str, bytes] | None = None) -> bytes:
    """Print a page as PDF. It may show only the `assets`, by their address (`app://photo`)."""
    return _press().render(html, assets=assets)


@cache
def _press() -> "Press":
    press = Press()
    atexit.register(press.close)
    return press


class Press:
    """One child process, started when needed, used by one caller at a time, replaced in time."""

    def __init__(self, fonts: Path = FONTS, patience: float = PATIENCE) -> None:
        self._fonts, self._patience = fonts, patience
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def render(self, html: str, *, assets: Mapping[str, bytes] | None = None) -> bytes:
        if len(html) > MAX_HTML:
            raise Unprintable("the page is too large")
        missing = check_glyphs(text_of(html), self._fonts)
        if missing:
            raise Unprintable(f"no font prints {' '.join(missing)}")
        with self._turn:
            return self._print(html, assets or {})

    def close(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None

    def _print(self, html: str, assets: Mapping[str, bytes]) -> bytes:
        child = self._ready_child()
        answer = child.ask(html, assets, self._patience)
        if answer is None and child.left_idle:
            child = self._ready_child()
            answer = child.ask(html, assets, self._patience)
        if answer is None:
            self.close()
            raise NotPrinted("the press was stopped or ended")
        head, pdf = answer
        if "fault" in head:
            raise Unprintable(str(head["fault"]))
        return pdf

    def _ready_child(self) -> "_Child":
        if self._child and not self._child.is_spent:
            return self._child
        self.close()
        self._child = _Child(self._fonts)
        return self._child


class _Child:
    def __init__(self, fonts: Path) -> None:
        faces_of(fonts)
        self._folder = TemporaryDirectory(prefix="bishen-press-")
        config = Path(self._folder.name) / "fonts.conf"
        config.write_text(
            FONTCONFIG.format(fonts=escape(str(fonts)), cache=escape(self._folder.name))
        )
        self._printed = 0
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and our own code
            [sys.executable, "-I", "-c", CHILD, str(Path(__file__).parent), str(fonts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env={"FONTCONFIG_FILE": str(config), "TMPDIR": self._folder.name, "LANG": "C.UTF-8"},
        )

    @property
    def is_spent(self) -> bool:
        return self._printed >= RECYCLE or self._process.poll() is not None

    @property
    def left_idle(self) -> bool:
        """True when the child went home by itself, having waited for work long enough."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(1) == 0
        return False

    def ask(
        self, html: str, assets: Mapping[str, bytes], patience: float
    ) -> tuple[dict[str, Any], bytes] | None:
        """Print one page; None when the child ended or was stopped for taking too long."""
        self._printed += 1
        stop = threading.Timer(patience, self._process.kill)
        stop.start()
        try:
            _send(self._pipe(self._process.stdin), html, assets)
            return _received(self._pipe(self._process.stdout))
        except (OSError, ValueError):
            return None
        finally:
            stop.cancel()

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                self._pipe(pipe).close()
        self._folder.cleanup()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101 -- both were asked for as pipes
        return pipe


def _send(pipe: IO[bytes], html: str, assets: Mapping[str, bytes]) -> None:
    page = html.encode()
    sizes = [[url, len(content)] for url, content in assets.items()]
    pipe.write(json.dumps({"page": len(page), "assets": sizes}).encode() + b"\n" + page)
    for content in assets.values():
        pipe.write(content)
    pipe.flush()


def _received(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    line = pipe.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    pdf = pipe.read(head.get("pdf", 0))
    return (head, pdf) if len(pdf) == head.get("pdf", 0) else None
