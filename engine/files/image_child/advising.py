"""What might be better about a portrait: measured roughly, said as advice, never a refusal."""

from PIL import Image, ImageChops, ImageFilter, ImageStat

UNEVEN = 26.0
DARK_BACKGROUND = 120.0
DARK, BRIGHT = 70.0, 225.0
SHARP = 60.0
HEAD_HIGHEST, HEAD_LOWEST = 20, 150
"""Pixels from the top edge of 640 between which the top of the head should be."""
OFF_CENTRE = 55
DIFFERENT = 60
"""How far from the background a pixel is that belongs to the person."""
GREY_STEP = 4


def advice_for(portrait: Image.Image, part: Image.Image) -> list[str]:
    """Return codes of advice about the finished portrait and the part it was made of."""
    background = _background(portrait)
    found = _about_background(background) + _about_light(portrait)
    if part.width < portrait.width:
        found.append("enlarged")
    elif _sharpness(portrait) < SHARP:
        found.append("blurred")
    if "background_uneven" not in found:
        found += _about_position(portrait, background)
    return found


def _background(portrait: Image.Image) -> Image.Image:
    """Return the two upper corners side by side: where there is no person in a usual portrait."""
    width, height = portrait.width // 6, portrait.height // 4
    corners = Image.new("RGB", (2 * width, height))
    corners.paste(portrait.crop((0, 0, width, height)))
    corners.paste(portrait.crop((portrait.width - width, 0, portrait.width, height)), (width, 0))
    return corners


def _about_background(background: Image.Image) -> list[str]:
    found = []
    if max(ImageStat.Stat(background).stddev) > UNEVEN:
        found.append("background_uneven")
    if ImageStat.Stat(background.convert("L")).mean[0] < DARK_BACKGROUND:
        found.append("background_dark")
    return found


def _about_light(portrait: Image.Image) -> list[str]:
    width, height = portrait.size
    middle = portrait.convert("L").crop((width // 4, height // 5, 3 * width // 4, height))
    light = ImageStat.Stat(middle).mean[0]
    return ["dark"] if light < DARK else ["bright"] if light > BRIGHT else []


def _sharpness(portrait: Image.Image) -> float:
    """Return the variance of the edges in the middle, where the face is."""
    width, height = portrait.size
    middle = portrait.convert("L").crop((width // 4, height // 8, 3 * width // 4, 5 * height // 8))
    edges = middle.filter(ImageFilter.FIND_EDGES)
    return float(ImageStat.Stat(edges.crop((2, 2, edges.width - 2, edges.height - 2))).var[0])


def _about_position(portrait: Image.Image, background: Image.Image) -> list[str]:
    """Compare the outline of what differs from the background with where a head should be."""
    box = _outline(portrait, background)
    if box is None:
        return []
    top, centre = box
    found = ["head_high"] if top < HEAD_HIGHEST else ["head_low"] if top > HEAD_LOWEST else []
    if abs(centre - portrait.width / 2) > OFF_CENTRE:
        found.append("off_centre")
    return found


def _outline(portrait: Image.Image, background: Image.Image) -> tuple[int, float] | None:
    """Return the top row of the person and the middle column of the head."""
    colour = tuple(round(value) for value in ImageStat.Stat(background).median)
    difference = ImageChops.difference(portrait, Image.new("RGB", portrait.size, colour))
    person = difference.convert("L").filter(ImageFilter.MedianFilter(5))
    mask = person.point(lambda value: 255 if value > DIFFERENT // 2 else 0)
    box = mask.getbbox()
    if box is None:
        return None
    head = mask.crop((0, box[1], mask.width, min(mask.height, box[1] + portrait.height // 4)))
    around = head.getbbox()
    return (box[1], (around[0] + around[2]) / 2) if around else None
