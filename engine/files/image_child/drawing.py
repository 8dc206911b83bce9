"""Cut, scale and encode: what comes out is a new canvas with nothing but pixels on it."""

import io
from typing import Any

from PIL import Image, ImageFilter

from .opening import Refused

BEST, WORST = 95, 60
SHRINK = 0.85


def cut(picture: Image.Image, rule: dict[str, Any]) -> Image.Image:
    """Return the chosen part; where a size is asked for, its middle in those proportions."""
    if rule["crop"]:
        picture = _cropped(picture, *rule["crop"])
    if rule["size"]:
        picture = _middle(picture, *rule["size"])
    if rule["smallest"] and _is_smaller(picture.size, rule["smallest"]):
        raise Refused("crop_small")
    return picture


def drawn(picture: Image.Image, rule: dict[str, Any]) -> Image.Image:
    """Scale, and paste the result on a canvas of our own."""
    size = rule["size"] or _bounded(picture.size, rule["max_side"])
    canvas = Image.new("RGB", tuple(size), "white")
    canvas.paste(picture.resize(canvas.size, Image.Resampling.LANCZOS))
    return canvas


def encoded(canvas: Image.Image, rule: dict[str, Any]) -> tuple[Image.Image, bytes]:
    """Return the canvas as the best JPEG within the limit, softened or shrunk if it must be."""
    body = _best_within(canvas, rule["max_bytes"])
    softness = 0.0
    while body is None:
        softness += 0.5
        if rule["size"]:
            attempt = canvas.filter(ImageFilter.GaussianBlur(softness))
        else:
            canvas = attempt = _shrunk(canvas)
        body = _best_within(attempt, rule["max_bytes"])
    return canvas, body


def _cropped(picture: Image.Image, x: int, y: int, width: int, height: int) -> Image.Image:
    if x < 0 or y < 0 or width < 1 or height < 1:
        raise Refused("crop_outside")
    if x + width > picture.width or y + height > picture.height:
        raise Refused("crop_outside")
    return picture.crop((x, y, x + width, y + height))


def _middle(picture: Image.Image, width: int, height: int) -> Image.Image:
    scale = min(picture.width / width, picture.height / height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    left, top = (picture.width - wide) // 2, (picture.height - high) // 2
    return picture.crop((left, top, left + wide, top + high))


def _is_smaller(size: tuple[int, int], least: list[int]) -> bool:
    return size[0] < least[0] or size[1] < least[1]


def _bounded(size: tuple[int, int], max_side: int | None) -> tuple[int, int]:
    scale = min(1.0, max_side / max(size)) if max_side else 1.0
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(canvas: Image.Image) -> Image.Image:
    size = max(1, int(canvas.width * SHRINK)), max(1, int(canvas.height * SHRINK))
    return canvas.resize(size, Image.Resampling.LANCZOS)


def _best_within(canvas: Image.Image, max_bytes: int) -> bytes | None:
    """Return the JPEG of the highest quality that fits; None when even the lowest does not."""
    low, high, best = WORST, BEST, None
    while low <= high:
        quality = (low + high + 1) // 2
        body = _jpeg(canvas, quality)
        if len(body) <= max_bytes:
            best, low = body, quality + 1
        else:
            high = quality - 1
    return best


def _jpeg(canvas: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    canvas.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
