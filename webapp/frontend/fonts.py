"""The fonts of the PDFs: Noto Sans SC, and the rare characters it lacks cut from Noto Sans CJK.

Sliced web fonts print wrong characters, so only whole static files are used. Both families are
under the SIL Open Font License 1.1, whose texts are copied beside them.
"""

import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "engine" / "documents" / "fonts"
SANS = HERE / "node_modules" / "@expo-google-fonts" / "noto-sans-sc"

CJK = "manimgx-fonts-cjk==2026.9.26.post1"
CJK_SHA256 = "05d5584c73877f37427cf0ca8067f5bacea2b596c7be79e8aedd634bb9f2b666"
CJK_FACE = 2  # The collection's simplified-Chinese face.

WEIGHTS = {"Regular": 400, "Bold": 700}
HAN = ((0x2E80, 0x2FDF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
CURVE_ERROR = 1.0  # Font units of a thousandth of the character's height: invisible in print.


def install() -> None:
    """Put the fonts into place unless this very selection is there already."""
    stamp = FONTS / "SELECTION.txt"
    if stamp.is_file() and stamp.read_text() == _selection():
        return
    FONTS.mkdir(parents=True, exist_ok=True)
    _copy_sans()
    with TemporaryDirectory() as folder:
        _cut_rare(Path(folder))
    stamp.write_text(_selection())


def _selection() -> str:
    sources = [(SANS / "package.json").read_bytes(), Path(__file__).read_bytes()]
    return "".join(f"{hashlib.sha256(source).hexdigest()}\n" for source in sources)


def _copy_sans() -> None:
    for name, weight in WEIGHTS.items():
        shutil.copyfile(_sans(name, weight), FONTS / f"NotoSansSC-{name}.ttf")
    shutil.copyfile(SANS / "LICENSE_FONT", FONTS / "NotoSansSC-OFL.txt")


def _sans(name: str, weight: int) -> Path:
    return SANS / f"{weight}{name}" / f"NotoSansSC_{weight}{name}.ttf"


def _cut_rare(folder: Path) -> None:
    wheel = zipfile.ZipFile(_download(folder))
    collection = wheel.extract("manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc", folder)
    source = TTFont(collection, fontNumber=CJK_FACE)
    glyphs = _missing(source)
    for name, weight in WEIGHTS.items():
        _build(source, glyphs, name, weight).save(FONTS / f"NotoSansRare-{name}.ttf")
    licence = next(entry for entry in wheel.namelist() if entry.endswith("licenses/LICENSE"))
    (FONTS / "NotoSansRare-OFL.txt").write_bytes(wheel.read(licence))


def _download(folder: Path) -> Path:
    pinned = folder / "fonts.txt"
    pinned.write_text(f"{CJK} --hash=sha256:{CJK_SHA256}\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--dest", folder, "--requirement", pinned], check=True)  # noqa: S603 - fixed words
    return next(folder.glob("*.whl"))


def _missing(source: TTFont) -> dict[int, str]:
    """Return the Han characters that Noto Sans SC cannot print, with their glyph's name."""
    known = TTFont(_sans("Regular", 400)).getBestCmap()
    return {
        code: glyph
        for code, glyph in source.getBestCmap().items()
        if code not in known and any(first <= code <= last for first, last in HAN)
    }


def _build(source: TTFont, glyphs: Mapping[int, str], name: str, weight: int) -> TTFont:
    """Return one weight as a TrueType font, the kind that PDF writers embed best."""
    order = [".notdef", *dict.fromkeys(glyphs.values())]
    font = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap(dict(glyphs))
    font.setupGlyf(_outlines(source, order, weight))
    font.setupHorizontalMetrics({glyph: source["hmtx"][glyph] for glyph in order})
    font.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    font.setupNameTable({"familyName": "Noto Sans Rare", "styleName": name})
    font.setupOS2(usWeightClass=weight)
    font.setupPost()
    # A fixed date makes two builds the same bytes.
    font.updateHead(created=0, modified=0, macStyle=int(weight >= 700))
    font.font.recalcTimestamp = False
    return font.font


def _outlines(source: TTFont, order: list[str], weight: int) -> dict[str, object]:
    shapes = source.getGlyphSet(location={"wght": weight})
    outlines: dict[str, object] = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        shapes[glyph].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        outlines[glyph] = pen.glyph()
    return outlines
