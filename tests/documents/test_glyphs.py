"""What is on the paper is what was written: compared as pixels, since a PDF's text can lie."""

import pytest
from fontTools import subset

from engine.documents import FONTS, FontsMissing, Press, Unprintable, check_glyphs
from engine.documents.glyphs import text_of
from tests.documents.printed import Printed, difference, drawn, whole_font

COMMON = "姓名张伟准考证号籍贯青岛市自学考试毕业生登记表0123456789ABCxyz，。、《》（）①√□"
RARE = "吴𠮷龘䶮㛃"
SAME = 0.1
"""The hinting of a cut font differs a little; even 未 and 末 differ by more."""


def worst(pdf, text, fonts):
    """The largest difference between a glyph on paper and the same character from the font."""
    shapes, wanted = Printed(pdf).shapes(), drawn(text, fonts)
    assert len(shapes) == len(wanted)
    return max(difference(a, b) for a, b in zip(shapes, wanted, strict=True))


def page(text, tag="p"):
    return f"<html><body><{tag}>{text}</{tag}></body></html>"


def spoilt_fonts(folder, *, slices):
    """Fonts as websites use them: the characters of one font in several files of one family."""
    parts = [COMMON[i::slices] for i in range(slices)]
    for number, part in enumerate(parts):
        cut_font("NotoSansSC-Regular.ttf", part, folder / f"NotoSansSC-{number}.ttf")


def cut_font(name, text, path):
    font = whole_font(FONTS / name)
    cutter = subset.Subsetter()
    cutter.populate(text=text)
    cutter.subset(font)
    font.save(path)


def test_common_characters_are_printed_as_they_are(press, regular):
    assert worst(press.render(page(COMMON)), COMMON, regular) < SAME


def test_rare_characters_of_names_are_printed_as_they_are(press, regular):
    assert worst(press.render(page(RARE)), RARE, regular) < SAME


def test_bold_is_a_font_of_its_own(press, regular, bold):
    pdf = press.render(page(COMMON + RARE, "b"))
    assert worst(pdf, COMMON + RARE, bold) < SAME
    assert worst(pdf, COMMON + RARE, regular) > SAME


def test_the_comparison_sees_a_font_that_gives_wrong_characters(tmp_path, regular):
    font = whole_font(FONTS / "NotoSansSC-Regular.ttf")
    for table in font["cmap"].tables:
        if table.format != 14:
            table.cmap[ord("名")] = font.getBestCmap()[ord("庄")]
    font.save(tmp_path / "NotoSansSC-Regular.ttf")
    press = Press(tmp_path)
    try:
        pdf = press.render(page("姓名"))
    finally:
        press.close()
    assert worst(pdf, "姓庄", regular) < SAME < worst(pdf, "姓名", regular)


def test_the_comparison_sees_what_sliced_fonts_do(tmp_path, regular):
    spoilt_fonts(tmp_path, slices=3)
    press = Press(tmp_path)
    try:
        pdf = press.render(page(COMMON))
    finally:
        press.close()
    assert worst(pdf, COMMON, regular) > SAME


def test_the_text_of_characters_that_look_alike_is_told_apart(regular):
    for first, second in ("未末", "土士", "己已", "日曰"):
        assert difference(*drawn(first + second, regular)) > SAME


def test_a_character_without_a_glyph_is_named():
    assert check_glyphs("张伟𠮷龘 \n\u3000A") == []
    assert check_glyphs("张\U00031350伟\ue000\U00031350") == ["\U00031350", "\ue000"]


def test_marks_that_only_choose_a_shape_need_no_glyph():
    assert check_glyphs("葛\U000e0100 a\ufe0f\u200b") == []


def test_a_character_must_be_there_in_every_weight(tmp_path):
    cut_font("NotoSansSC-Regular.ttf", "张伟", tmp_path / "NotoSansSC-Regular.ttf")
    cut_font("NotoSansSC-Bold.ttf", "张", tmp_path / "NotoSansSC-Bold.ttf")
    assert check_glyphs("张伟", tmp_path) == ["伟"]


def test_a_document_that_cannot_name_a_person_is_not_printed(press):
    with pytest.raises(Unprintable, match="\U00031350"):
        press.render(page("张&#x31350;"))


def test_only_what_a_reader_sees_is_asked_for():
    html = "<html><head><title>x</title><style>p{}</style></head><body>a<b>&lt;b</b></body></html>"
    assert text_of(html) == "a<b"


def test_a_folder_without_fonts_says_so(tmp_path):
    with pytest.raises(FontsMissing):
        Press(tmp_path).render(page("张"))
