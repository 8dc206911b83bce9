"""The shipped decision tables, row by row as people would ask them."""

from decimal import Decimal

import pytest

from tests.workflows.walking import definition


def decide(name, **inputs):
    return definition().decisions[name].evaluate(inputs).value


@pytest.mark.parametrize(
    ("certificate_type", "score", "courses", "how"),
    [
        ("CET4", 431, "00012,00015,13000,13124", "one"),
        ("CET6", 425, "00012,00015,00795,13000,13124", "one"),
        ("PETS2", None, "00012", "one"),
        ("PETS3", 60, "00012,00015,13000", "one"),
        ("NCRE1", None, "00018,00019", "pair"),
        ("BEC", None, "00796", "one"),
        ("CHINESE_MAJOR", None, "04729,07489", "all"),
    ],
)
def test_a_certificate_exempts_its_courses(certificate_type, score, courses, how):
    score = None if score is None else Decimal(score)
    found = decide("exemption", certificate_type=certificate_type, level=None, score=score)
    assert found == {"courses": courses, "how": how}


@pytest.mark.parametrize(("certificate_type", "score"), [("CET4", 424), ("PETS3", 59), ("NIT", 90)])
def test_too_low_a_score_or_an_unlisted_certificate_exempts_nothing(certificate_type, score):
    result = (
        definition()
        .decisions["exemption"]
        .evaluate({"certificate_type": certificate_type, "level": None, "score": Decimal(score)})
    )
    assert list(result.matched) == []


def test_no_review_may_take_longer_than_24_hours():
    hours = {decide("review_due", certificate_type=t) for t in ("CET4", "PRIOR_DIPLOMA", "BEC")}
    assert hours == {24}


@pytest.mark.parametrize(
    ("method", "province", "fee"),
    [
        ("pick_up", None, 0),
        ("mail", "370000", 2000),
        ("mail", "650000", 3000),
        ("mail", "810000", 6000),
    ],
)
def test_postage_in_fen(method, province, fee):
    choice = {"method": method, "province": province}
    assert decide("delivery_fee", choose_delivery=choice) == fee
