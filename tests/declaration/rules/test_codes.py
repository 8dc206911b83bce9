"""Code sets: complete, without doubles, in two languages."""

import pytest

from engine.declaration import codes
from engine.declaration.models import (
    Category,
    DocumentKind,
    HalfDay,
    PriorLevel,
)
from engine.i18n import speaking

SETS = {name: getattr(codes, name) for name in codes.__all__ if name.isupper()}


@pytest.mark.parametrize("name", sorted(SETS))
def test_no_value_and_no_label_occurs_twice(name):
    set_ = SETS[name]
    for part in ("value", "zh", "en"):
        assert len({getattr(code, part) for code in set_}) == len(set_)
    assert all(code.value and code.zh and code.en for code in set_)


def test_there_are_34_units_of_province_level():
    assert len(codes.PROVINCES) == 34
    assert all(len(code.value) == 6 for code in codes.PROVINCES)


def test_there_are_56_ethnic_groups_and_two_codes_beside_them():
    assert len(codes.ETHNICITIES) == 58


@pytest.mark.parametrize(
    ("set_", "members"),
    [
        (codes.CATEGORIES, Category),
        (codes.PRIOR_LEVELS, PriorLevel),
        (codes.HALF_DAYS, HalfDay),
        (codes.DOCUMENTS, DocumentKind),
    ],
)
def test_sets_that_name_a_column_are_that_column(set_, members):
    assert {code.value for code in set_} == set(members)


def test_a_label_is_in_the_language_of_the_page():
    with speaking("en"):
        assert codes.label_of(codes.PROVINCES, "370000") == "Shandong"
    assert codes.label_of(codes.PROVINCES, "370000") == "山东省"


def test_what_no_set_knows_is_shown_as_it_is():
    assert codes.label_of(codes.SEX, "7") == "7"
    assert codes.label_of(codes.SEX, None) == ""
