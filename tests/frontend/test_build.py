"""What the build leaves behind is complete, named after its content and ours to use."""

import hashlib
import json
import re

import pytest
from fontTools.ttLib import TTFont

from tests.frontend import gallery

FRONTEND = gallery.ROOT / "webapp" / "frontend"
FONTS = gallery.ROOT / "engine" / "documents" / "fonts"
ASSET = re.compile(r"""asset\(\s*["']([^"']+)["']""")

pytestmark = pytest.mark.usefixtures("built")


def test_every_file_of_the_manifest_is_named_after_its_content():
    for name, file in gallery.manifest().items():
        stem, digest, kind = file.split(".")
        content = (gallery.STATIC / file).read_bytes()
        assert f"{stem}.{kind}" == name
        assert hashlib.sha256(content).hexdigest().startswith(digest)


def test_nothing_lies_in_static_but_what_the_manifest_names():
    found = {file.name for file in gallery.STATIC.iterdir()}
    assert found == {"manifest.json", *gallery.manifest().values()}


def test_every_asset_a_template_asks_for_is_in_the_manifest():
    asked = {
        name
        for page in gallery.TEMPLATES.rglob("*.html")
        for name in ASSET.findall(page.read_text())
    }
    assert asked
    assert asked <= gallery.manifest().keys()


def test_the_styles_use_neither_the_typeface_nor_the_crest_of_another_government():
    for name in ("app.css", "staff.css"):
        style = (gallery.STATIC / gallery.manifest()[name]).read_text()
        assert "GDS Transport" not in style
        assert "crest" not in style


def test_the_lock_file_names_every_package_by_content_and_none_by_address():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert all("integrity" in facts and "resolved" not in facts for facts in packages.values())


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_fonts_print_rare_characters_of_names(weight):
    fonts = [TTFont(FONTS / f"NotoSans{family}-{weight}.ttf") for family in ("SC", "Rare")]
    known = {code for font in fonts for code in font.getBestCmap()}
    assert [letter for letter in "毕申𠮷䶮㛃龘𬭎" if ord(letter) not in known] == []
