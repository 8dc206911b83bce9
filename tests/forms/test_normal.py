"""One spelling for what people type."""

import pytest

from engine.forms import normal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张三  ", "张三"),
        ("\u3000张三\u3000", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("张\x00三\x07", "张三"),
        ("Nguye\u0302\u0303n", "Nguy\u1ec5n"),
        ("王\r\n小\n明", "王 小 明"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("𠮷田\U000e0100", "𠮷田\U000e0100"),
        ("张\ud800三", "张三"),
        ("张\u202e三\u2066", "张三"),
        ("张\uffff三", "张三"),
        ("张\u2028三", "张 三"),
    ],
)
def test_a_line_is_kept_in_one_spelling(typed, kept):
    assert normal.one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０２０１２０１００００１", "020120100001"),
        ("370200 19680112 998ｘ", "37020019680112998x"),
        ("０５３２－８８８８", "0532-8888"),
        ("0532—8888", "0532-8888"),
        ("＋86 138", "+86138"),
    ],
)
def test_a_number_is_made_ascii(typed, kept):
    assert normal.ascii_line(typed) == kept


def test_the_lines_of_a_long_text_stay():
    assert normal.many_lines(" 第一\r\n第\x0b二\t行 \r\n\r\n三\x00 ") == "第一\n第\n二 行\n\n三"
