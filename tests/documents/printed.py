"""Read a PDF of ours closely enough to see which shapes are on paper, whatever text it claims."""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import cmap_format_12
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

SIZE = 160
PRIVATE = 0xF0000


@dataclass(frozen=True)
class Printed:
    pdf: bytes

    def shapes(self) -> list[Image.Image]:
        """Every glyph of the document in order, drawn from the font that the PDF carries."""
        wanted: dict[bytes, list[int]] = {}
        places = []
        for font, glyph in self._glyphs():
            wanted.setdefault(font, []).append(glyph)
            places.append((font, glyph))
        drawers = {font: _drawer(self._font_file(font), ids) for font, ids in wanted.items()}
        return [drawers[font](glyph) for font, glyph in places]

    @cached_property
    def everything(self) -> bytes:
        """All objects, unpacked: what a person with the right tool could read in the file."""
        return b"\n".join([self.pdf, *self._objects.values()])

    @cached_property
    def _objects(self) -> dict[int, bytes]:
        found = {}
        for number, body in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", self.pdf, re.DOTALL):
            found[int(number)] = _unpacked(body)
        for body in list(found.values()):
            if b"/ObjStm" in body:
                found.update(_members(body))
        return found

    def _glyphs(self) -> Iterator[tuple[bytes, int]]:
        for body in self._objects.values():
            if b"\nBT\n" not in body:
                continue
            font = b""
            for name, codes in re.findall(rb"/(\w+) [\d.]+ Tf|<([0-9a-f]+)>", body):
                font = name or font
                yield from ((font, int(codes[i : i + 4], 16)) for i in range(0, len(codes), 4))

    def _font_file(self, name: bytes) -> bytes:
        joined = b"\n".join(self._objects.values())
        number = re.search(rb"/%s (\d+) 0 R" % name, joined)
        for key in (rb"/DescendantFonts ?\[(\d+) 0 R", rb"/FontDescriptor (\d+) 0 R"):
            number = re.search(key, self._objects[int(number[1])])
        file = re.search(rb"/FontFile[23] (\d+) 0 R", self._objects[int(number[1])])
        return self._objects[int(file[1])].partition(b"\nstream\n")[2]


def drawn(text: str, fonts: list[str]) -> list[Image.Image]:
    """The same text as Pillow draws it from whole fonts, the first that has the character."""
    covers = [(path, whole_font(path).getBestCmap()) for path in fonts]
    faces = {path: ImageFont.truetype(path, SIZE) for path in fonts}
    return [_drawn(faces[next(path for path, cmap in covers if ord(c) in cmap)], c) for c in text]


def whole_font(path: str | Path) -> TTFont:
    return TTFont(io.BytesIO(Path(path).read_bytes()))


def difference(first: Image.Image, second: Image.Image) -> float:
    """How much of the ink of two shapes is not in the same place: 0 none, 1 all."""
    ink = max(ImageStat.Stat(first).sum[0], ImageStat.Stat(second).sum[0], 1)
    return ImageStat.Stat(ImageChops.difference(first, second)).sum[0] / ink


def _drawer(font: bytes, glyphs: list[int]):
    """Give the glyphs of an embedded font private characters, so that Pillow can draw them."""
    table = TTFont(io.BytesIO(font))
    order = table.getGlyphOrder()
    cmap = cmap_format_12(12)
    cmap.platformID, cmap.platEncID, cmap.language = 3, 10, 0
    cmap.cmap = {PRIVATE + glyph: order[glyph] for glyph in glyphs}
    table["cmap"] = newTable("cmap")
    table["cmap"].tableVersion, table["cmap"].tables = 0, [cmap]
    file = io.BytesIO()
    table.save(file)
    face = ImageFont.truetype(io.BytesIO(file.getvalue()), SIZE)
    return lambda glyph: _drawn(face, chr(PRIVATE + glyph))


def _drawn(face: ImageFont.FreeTypeFont, character: str) -> Image.Image:
    canvas = Image.new("L", (SIZE * 2, SIZE * 2))
    ImageDraw.Draw(canvas).text((SIZE // 2, SIZE * 3 // 2), character, 255, face, anchor="ls")
    return canvas


def _unpacked(body: bytes) -> bytes:
    head, stream, content = body.partition(b"\nstream\n")
    if not stream:
        return body
    content = content.removesuffix(b"\nendstream")
    if b"/FlateDecode" in head:
        content = zlib.decompress(content)
    return head + stream + content


def _members(body: bytes) -> dict[int, bytes]:
    head, _, content = body.partition(b"\nstream\n")
    first = int(re.search(rb"/First (\d+)", head)[1])
    numbers = [int(n) for n in content[:first].split()]
    starts = [*numbers[1::2], len(content) - first]
    return {
        number: content[first + starts[i] : first + starts[i + 1]]
        for i, number in enumerate(numbers[::2])
    }
