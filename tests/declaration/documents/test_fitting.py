"""Letters become smaller only when they must; what has many lines runs together."""

import pytest

from engine.declaration.documents.amounts import capital_yuan
from engine.declaration.documents.fitting import SIZES, fitted, flowed, style_name


@pytest.mark.parametrize(
    ("text", "box", "size"),
    [
        ("", (20, 5), 10.5),
        ("青岛", (20, 5), 10.5),
        ("青岛" * 4, (20, 5), 7.0),
        ("青岛" * 4, (20, 10), 10.5),
        ("2" * 8, (20, 5), 10.5),
        ("青岛" * 400, (20, 5), SIZES[-1]),
        ("青岛", (20, 5, 8.0), 8.0),
        ("青岛", (20, 10, 14.0), 14.0),
    ],
)
def test_a_text_gets_the_largest_letters_that_fit(text, box, size):
    assert fitted(text, *box) == size


def test_lines_are_kept_where_they_fit():
    assert flowed("一\n\n二\n", 100, 20) == "一\n二"
    assert flowed("一\n" * 40, 100, 20) == "　".join("一" * 40)


def test_the_name_of_a_style_is_its_size():
    assert [style_name(size) for size in (10.5, 8.0)] == ["pt-105", "pt-80"]


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (2000, "贰拾元整"),
        (2005, "贰拾元零伍分"),
        (2250, "贰拾贰元伍角整"),
        (123456, "壹仟贰佰叁拾肆元伍角陆分"),
        (1000500, "壹万零伍元整"),
        (10010000, "壹拾万零壹佰元整"),
        (100000500, "壹佰万零伍元整"),
        (10000000500, "壹亿零伍元整"),
    ],
)
def test_money_in_capital_characters(fen, words):
    assert capital_yuan(fen) == words
