"""Cells of decision tables: what each asks of a value."""

from datetime import date
from decimal import Decimal

import pytest

from engine.feel import parse_unary, unary_test

CONTEXT = {"limit": 5, "codes": ["a", "b"], "range_of": {"x": 1}, "is_open": True}


@pytest.mark.parametrize(
    ("test", "value", "passes"),
    [
        ("-", None, True),
        ("", 7, True),
        ("  ", 7, True),
        ("1,2", 1, True),
        ("1,2", 2, True),
        ("1,2", 3, False),
        ("not(3)", 4, True),
        ("not(3)", 3, False),
        ("not(1, 2)", 2, False),
        ('not("a","b")', "c", True),
        ('not("a","b")', None, True),
        ('"a","b"', "b", True),
        ('"a"', "A", False),
        ("[1..2]", 2, True),
        ("[1..2)", 2, False),
        ("]1..2]", 1, False),
        ("(1..2]", 1, False),
        ("not([1..2])", 3, True),
        ("not([1..2])", None, False),
        ("<= 2", 2, True),
        ("< 5, > 10", 7, False),
        ("< 5, > 10", 11, True),
        ("!= 3", 4, True),
        ("= 3", 3, True),
        ("< limit", 4, True),
        ("limit", 5, True),
        ("-5", -5, True),
        ("- 5", -5, True),
        ("> -1", 0, True),
        ("? > 3 and ? < 5", 4, True),
        ("not(? > 3)", 4, False),
        ("count(?) > 1", [1, 2], True),
        ("count(?) > 1", [1], False),
        ("some x in ? satisfies x > 3", [1, 4], True),
        ('contains(?, "毕业")', "毕业申报", True),
        ('starts with(?, "a") or ends with(?, "z")', "buzz", True),
        ('not(contains(?, "a")) and ? != "x"', "b", True),
        ('matches(?, "^[0-9]{12}$")', "123456789012", True),
        ('matches(?, "^[0-9]{12}$")', "12345678901\n", False),
        ("codes", "b", True),
        ("codes", "c", False),
        ("[1,2,3]", 2, True),
        ("[1,2,3]", [1, 2, 3], True),
        ("[[1..3], 9]", 9, True),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ("true", "x", False),
        ("true", None, False),
        ("null", None, True),
        ("null", 0, False),
        ("is_open", "anything", True),
        ("limit > 4", "anything", True),
        ("limit > 9", "anything", False),
        ("limit > 9", False, True),
        ('"1"', 1, False),
        ("1", "1", False),
        ("1", True, False),
        ("1.0", 1, True),
        ("0.3", 0.1 + 0.2, False),
        ("0.1", 0.1, True),
        ('> date("2026-01-01")', date(2026, 1, 2), True),
        ('[@"2026-01-01"..@"2026-12-31"]', date(2026, 6, 1), True),
        ("> 5", None, False),
        ("< 5", None, False),
        ("> 5", "a", False),
        ("(> 5)", 6, True),
        ("range_of", {"x": 1}, True),
        ("if limit > 3 then 1 else 2", 1, True),
    ],
)
def test_a_cell_passes_what_it_says(test, value, passes):
    assert unary_test(test, value, CONTEXT) is passes


@pytest.mark.parametrize("value", [Decimal("2.50"), 2.5])
def test_the_way_a_number_was_stored_does_not_matter(value):
    assert unary_test("[2.5..2.5]", value, {}) is True


def test_a_name_in_a_cell_reads_the_context_not_the_value():
    assert unary_test("x", 3, {"x": 3}) is True
    assert unary_test("x + 1", 3, {"x": 3}) is False


def test_the_value_itself_is_no_free_name():
    tests = parse_unary("? > limit, codes[item = ?]")
    assert tests.names() == {"limit", "codes"}
