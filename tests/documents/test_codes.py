"""The code on a page: short, not to be guessed, and kind to slips of the pen."""

from uuid import UUID, uuid4

import pytest

from engine.documents import typed_code, verification_code
from engine.documents.codes import ALPHABET

SOME = UUID("12345678-1234-5678-1234-567812345678")


def test_the_code_of_a_document_is_always_the_same_and_its_own():
    assert verification_code(SOME) == verification_code(SOME)
    assert len({verification_code(uuid4()) for _ in range(500)}) == 500


def test_a_code_has_three_groups_of_signs_that_are_not_mistaken_for_others():
    code = verification_code(SOME)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("01ILO") & set(ALPHABET)


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{1}", "{2}"])
def test_a_code_is_understood_however_it_is_typed(written):
    code = verification_code(SOME)
    assert typed_code(written.format(code, code.lower(), code.replace("-", ""))) == code


@pytest.mark.parametrize("text", ["", "ABCD", "????-????-????", "0" * 12, "2" * 11 + "3", "2" * 13])
def test_what_is_no_code_is_not_looked_up(text):
    assert typed_code(text) is None


def test_every_single_slip_and_every_swap_of_neighbours_is_noticed():
    signs = verification_code(SOME).replace("-", "")
    for i, sign in enumerate(signs):
        for other in set(ALPHABET) - {sign}:
            assert typed_code(signs[:i] + other + signs[i + 1 :]) is None
    for i in range(len(signs) - 1):
        swapped = signs[:i] + signs[i + 1] + signs[i] + signs[i + 2 :]
        assert swapped == signs or typed_code(swapped) is None
