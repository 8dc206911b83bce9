"""Open a stranger's picture: refuse what is no plain picture, return it upright in sRGB."""

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 24_000_000
SHORTEST, LONGEST = 100, 8000
MAX_RATIO = 10
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, OverflowError)
"""What Pillow's decoders raise on broken data."""


class Refused(Exception):
    """Holds the code of a reason; the parent has the sentence."""


def opened(content: bytes) -> Image.Image:
    """Return the picture upright, without transparency, in the colours of sRGB."""
    picture = _decoded(content)
    profile = picture.info.get("icc_profile")
    return _srgb(_flat(_upright(picture)), profile)


def _decoded(content: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
        _check_sides(*picture.size)
        # A phone's JPEG may carry a second picture for depth; its first is the photo.
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) != 1:
            raise Refused("animated")
        picture.seek(0)
        picture.load()
    except UnidentifiedImageError:
        raise Refused("not_an_image") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused("too_many_pixels") from None
    except DAMAGED:
        raise Refused("damaged") from None
    return picture


def _check_sides(width: int, height: int) -> None:
    # Before anything is decoded: a picture of 21 kilobytes can want half a gigabyte.
    if width * height > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if max(width, height) > MAX_RATIO * min(width, height):
        raise Refused("ratio")
    if min(width, height) < SHORTEST or max(width, height) > LONGEST:
        raise Refused("side")


def _upright(picture: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(picture)
    except DAMAGED:
        return picture  # Unreadable notes about the picture do not make it a bad one.


def _flat(picture: Image.Image) -> Image.Image:
    """Put the picture on white, at eight bits a channel."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if not picture.has_transparency_data:
        return picture if picture.mode in {"RGB", "L", "CMYK"} else picture.convert("RGB")
    shown = picture.convert("RGBA")
    canvas = Image.new("RGB", shown.size, "white")
    canvas.paste(shown, mask=shown.getchannel("A"))
    return canvas


def _srgb(picture: Image.Image, profile: Any) -> Image.Image:
    if isinstance(profile, bytes):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, *DAMAGED):
            return picture.convert(
                "RGB"
            )  # A profile of other channels than the picture's, or none.
        if converted:
            return converted
    return picture.convert("RGB")
