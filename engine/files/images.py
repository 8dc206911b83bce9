"""Pictures people upload: looked at and drawn anew in a child process with little to spend.

What comes out was drawn by us, pixel by pixel: no comment, position, profile or second file hidden
in what came in can be in it.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import structlog

from engine.errors import Refused
from engine.files.image_texts import advice_text, refusal_text

log = structlog.get_logger(__name__)

MEDIA_TYPE = "image/jpeg"
MAX_UPLOAD = 10 * 2**20
PATIENCE = 20
CHILD = "import sys; sys.path.append(sys.argv[1]); from image_child.main import main; main()"
AT_ONCE = threading.BoundedSemaphore(2)
"""Children of this process at a time: each may take half a gigabyte."""
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")


class ImageRefused(Refused):
    """The picture cannot be used; `code` names the reason, `str()` says it."""

    def __init__(self, code: str) -> None:
        super().__init__(refusal_text(code))
        self.code = code


@dataclass(frozen=True, slots=True)
class ImageRule:
    """What a picture has to become.

    `size` is exact (cut to its proportions, then scaled), `max_side` only bounds. `crop` is x, y,
    width and height in the upright picture. A cut smaller than `smallest` is refused.
    """

    max_bytes: int
    size: tuple[int, int] | None = None
    max_side: int | None = None
    crop: tuple[int, int, int, int] | None = None
    smallest: tuple[int, int] | None = None
    advise: bool = False

    def cropped(self, x: int, y: int, width: int, height: int) -> "ImageRule":
        """Return the same rule for a part of the picture."""
        return replace(self, crop=(x, y, width, height))


PHOTO = ImageRule(max_bytes=51_200, size=(480, 640), smallest=(240, 320), advise=True)
CERTIFICATE = ImageRule(max_bytes=1_500_000, max_side=2000)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of our own making, and what might be better about it."""

    content: bytes = field(repr=False)
    width: int
    height: int
    advice: list[str]


def recode(content: bytes, rule: ImageRule) -> Picture:
    """Draw an uploaded picture anew under a rule, or raise `ImageRefused` with a reason."""
    _refuse_at_sight(content)
    with AT_ONCE:
        answer, body = _ask_child(content, rule)
    if "refused" in answer:
        raise ImageRefused(str(answer["refused"]))
    advice = [advice_text(code) for code in answer["advice"]]
    return Picture(body, answer["width"], answer["height"], advice)


def _refuse_at_sight(content: bytes) -> None:
    if not content:
        raise ImageRefused("empty")
    if len(content) > MAX_UPLOAD:
        raise ImageRefused("too_large")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise ImageRefused("heic")
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise ImageRefused("pdf")


def _ask_child(content: bytes, rule: ImageRule) -> tuple[dict[str, Any], bytes]:
    wanted = {name: getattr(rule, name) for name in rule.__slots__}
    question = json.dumps(wanted).encode() + b"\n" + content
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and our own file
            [sys.executable, "-I", "-c", CHILD, str(Path(__file__).parent)],
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "too_complex"}, b""
    if done.returncode:
        log.warning("image child ended early", status=done.returncode, size=len(content))
        return {"refused": "too_complex"}, b""
    head, _, body = done.stdout.partition(b"\n")
    return json.loads(head), body
