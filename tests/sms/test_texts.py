import pytest

from engine.i18n import speaking
from engine.sms import Texts, TextsUnusable

TEXTS = """
[code]
zh = "验证码 {code}，{minutes} 分钟内有效。"
en = "Your code is {code}, good for {minutes} minutes."

[reminder]
zh = "请尽快完成申报。"
""".encode()


def test_a_text_is_filled_in_the_language_asked_for():
    texts = Texts.parse(TEXTS)
    values = {"code": "012345", "minutes": "5"}
    assert texts.body("code", values) == "验证码 012345，5 分钟内有效。"
    assert texts.body("code", values, "en") == "Your code is 012345, good for 5 minutes."


def test_where_the_english_is_missing_the_chinese_is_sent():
    assert Texts.parse(TEXTS).body("reminder", {}, "en") == "请尽快完成申报。"


def test_it_is_known_which_texts_there_are_and_what_fills_them():
    texts = Texts.parse(TEXTS)
    assert "code" in texts
    assert "other" not in texts
    assert texts.by_key["code"].names == {"code", "minutes"}


def test_a_missing_value_is_not_passed_over():
    with pytest.raises(KeyError, match="minutes"):
        Texts.parse(TEXTS).body("code", {"code": "1"})


def test_a_value_cannot_break_the_line_or_fill_in_further():
    body = Texts.parse(TEXTS).body(
        "code", {"code": "{minutes}\r\nBcc\x1b[2J", "minutes": "9" * 200}
    )
    assert "{minutes}  Bcc [2J" in body
    assert "\n" not in body
    assert "9" * 100 in body
    assert "9" * 101 not in body


@pytest.mark.parametrize(
    ("content", "key", "sentence"),
    [
        (b"[code\n", "", "not a TOML file"),
        (b"\xff", "", "not a TOML file"),
        (b"code = 'x'", "code", "write it as a table"),
        (b"[code]\nen = 'x'", "code", "Chinese text"),
        (b"[code]\nzh = 'x'\nfr = 'y'", "code", "unknown entry fr"),
        (b"[code]\nzh = 'x {code.__class__}'", "code", "brace"),
        (b"[code]\nzh = 'x'\nen = 5", "code", "has to be a text"),
        (b"[code]\nzh = '" + b"x" * 501 + b"'", "code", "at most 500"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(content, key, sentence):
    with speaking("en"), pytest.raises(TextsUnusable) as caught:
        Texts.parse(content)
    (problem,) = caught.value.problems
    assert problem[0] == key
    assert sentence in problem[1]
    with pytest.raises(TextsUnusable) as caught:
        Texts.parse(content)
    (problem,) = caught.value.problems
    assert any("一" <= sign <= "鿿" for sign in problem[1])
