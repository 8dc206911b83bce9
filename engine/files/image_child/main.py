"""Answer one question: a rule as a line of JSON and a picture in; a line of JSON and a JPEG out."""

import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image

from .advising import advice_for
from .drawing import cut, drawn, encoded
from .opening import Refused, opened

MEMORY = 512 * 2**20
SECONDS = 8


def main() -> None:
    _limit()
    rule = json.loads(sys.stdin.buffer.readline())
    try:
        answer, body = _recoded(sys.stdin.buffer.read(), rule)
    except Refused as reason:
        answer, body = {"refused": str(reason)}, b""
    except MemoryError:
        answer, body = {"refused": "too_complex"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + body)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def _recoded(content: bytes, rule: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    part = cut(opened(content), rule)
    canvas, body = encoded(drawn(part, rule), rule)
    advice = advice_for(canvas, part) if rule["advise"] else []
    return {"width": canvas.width, "height": canvas.height, "advice": advice}, body
