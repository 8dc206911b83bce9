"""Pictures that people upload: a drawn portrait and a drawn certificate, as a phone would save."""

import io

from PIL import Image, ImageDraw, ImageFont

from engine.documents import FONTS

FONT = FONTS / "NotoSansSC-Regular.ttf"


def portrait() -> bytes:
    """A head and shoulders before light blue, taller than wide, far over 50 KB."""
    picture = Image.effect_noise((1200, 1600), 12).convert("RGB")
    picture = Image.blend(picture, Image.new("RGB", picture.size, (150, 190, 230)), 0.85)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((380, 330, 820, 930), fill=(224, 182, 150))
    draw.pieslice((370, 280, 830, 800), 180, 360, fill=(40, 30, 25))
    draw.polygon([(150, 1600), (330, 1080), (870, 1080), (1050, 1600)], fill=(30, 40, 70))
    for x in (500, 700):
        draw.ellipse((x - 30, 590, x + 30, 625), fill=(30, 25, 20))
    return _saved(picture)


def certificate(holder: str, number: str) -> bytes:
    """A certificate of the CET-4 with a name and a number on it."""
    picture = Image.new("RGB", (1400, 1000), (250, 246, 232))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 1360, 960), outline=(150, 110, 40), width=6)
    large, small = (ImageFont.truetype(str(FONT), size) for size in (64, 38))
    draw.text((420, 120), "大学英语四级考试", font=large, fill=(120, 20, 20))
    for row, line in enumerate((f"姓名：{holder}", f"证书编号：{number}", "总分：431")):
        draw.text((180, 360 + row * 90), line, font=small, fill=(30, 30, 30))
    return _saved(picture)


def _saved(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=95)
    return content.getvalue()
