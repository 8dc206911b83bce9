"""Templates obey the policy `script-src 'self'; style-src 'self'`; error pages say what to do."""

import re

import pytest

from tests.frontend import gallery

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a javascript address": re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE),
}


def test_no_template_carries_inline_style_or_script():
    found = [
        f"{page.relative_to(gallery.ROOT)}: {what}"
        for folder in (gallery.TEMPLATES, gallery.SAMPLES)
        for page in folder.rglob("*.html")
        for what, pattern in INLINE.items()
        if pattern.search(page.read_text())
    ]
    assert found == []


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("name", gallery.ERROR_PAGES)
def test_an_error_page_says_what_to_do_in_calm_words(name):
    page = gallery.render(name)
    assert f"错误 {name}" in page
    assert "回到首页" in page


@pytest.mark.usefixtures("built")
def test_a_refusal_is_told_on_its_page_in_its_own_words():
    page = gallery.render("409", sentence="时间批次刚刚被选满。", reference="a1b2")
    assert "时间批次刚刚被选满。" in page
    assert "a1b2" in page
