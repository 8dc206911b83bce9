"""Pictures to upload: good ones, and every kind that is not."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    return saved(picture, "JPEG", **options)


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def plain(size: tuple[int, int] = (600, 800), mode: str = "RGB", colour: Any = None) -> Image.Image:
    """A picture of one colour with a darker corner, so that its orientation shows."""
    colour = colour if colour is not None else {"RGB": (200, 220, 240)}.get(mode, 200)
    picture = Image.new(mode, size, colour)
    dark = tuple(0 for _ in picture.getbands())
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), dark if dark[1:] else 0)
    return picture


def portrait(
    background: tuple[int, int, int] = (190, 215, 240),
    top: int = 80,
    middle: int = 240,
    skin: tuple[int, int, int] = (205, 160, 135),
) -> Image.Image:
    """A drawn head and shoulders of 480 by 640, with enough texture to count as sharp."""
    picture = Image.new("RGB", (480, 640), background)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((middle - 105, top, middle + 105, top + 290), skin)
    draw.pieslice((middle - 105, top, middle + 105, top + 200), 180, 360, (30, 25, 25))
    draw.rectangle((middle - 180, top + 310, middle + 180, 640), (40, 50, 90))
    for x in range(middle - 80, middle + 80, 8):
        draw.line((x, top + 110, x + 4, top + 250), (120, 80, 60))
    return picture


def exif(**tags: Any) -> bytes:
    """EXIF with an orientation and a place on earth."""
    found = Image.Exif()
    found[0x0112] = tags.get("orientation", 1)
    found[0x010E] = "GPS-SECRET"
    found.get_ifd(0x8825)[2] = (36.0, 4.0, 1.0)
    return found.tobytes()


def p3_profile() -> bytes:
    """A real profile, one that is not sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def png_of_size(width: int, height: int) -> bytes:
    """A tiny PNG that decodes to very many pixels."""
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
