"""ID numbers, names and record numbers as people type them."""

from datetime import date

import pytest

from engine.declaration import identity
from engine.declaration.identity import (
    IdNumberWrong,
    NameWrong,
    NeedsCounter,
    NumberWrong,
    Sex,
    age_on,
    canonical_id_number,
    is_upgrade,
    read_admission_number,
    read_archive_number,
    read_id_number,
    read_name,
    upgrade_id_number,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        " 110105 19491231 002x ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002X\n",
    ],
    ids=["plain", "spaces and small x", "full width", "line end"],
)
def test_one_number_has_one_form(typed):
    assert read_id_number(typed, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("370200199003159814", date(1990, 3, 15), Sex.MALE),
        ("370200198511029827", date(1985, 11, 2), Sex.FEMALE),
        ("370200200002299888", date(2000, 2, 29), Sex.FEMALE),
        ("370200680129981", date(1968, 1, 29), Sex.MALE),
    ],
)
def test_birth_date_and_sex_are_read_from_the_number(number, birth, sex):
    found = read_id_number(number, TODAY)
    assert (found.birth_date, found.sex) == (birth, sex)


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("110105194912310029", "校验位"),
        ("37020020010229988X", "请逐位核对"),
        ("3702001990031598", "18位或15位"),
        ("37020019900315981A", "18位或15位"),
        ("", "18位或15位"),
        ("3702006801299811", "18位或15位"),
    ],
    ids=["check digit", "29 February 2001", "too short", "letter", "nothing", "16 digits"],
)
def test_a_wrong_number_says_what_to_mend(number, what):
    with pytest.raises(IdNumberWrong, match=what):
        read_id_number(number, TODAY)


def test_a_leap_day_that_never_was_is_refused_whatever_the_check_digit():
    numbers = [f"37020020010229988{digit}" for digit in "0123456789X"]
    for number in numbers:
        with pytest.raises(IdNumberWrong):
            read_id_number(number, TODAY)


def test_nobody_is_born_tomorrow():
    with pytest.raises(IdNumberWrong, match="出生日期"):
        read_id_number("370200199003159814", date(1990, 3, 14))


def test_an_area_on_no_list_is_only_a_warning():
    body = "99999919900315981"
    number = body + identity.ric.calc_check_digit(body + "0")
    assert read_id_number(number, TODAY).area_is_known is False
    assert read_id_number("370200199003159814", TODAY).area_is_known is True


def test_fifteen_digits_become_eighteen():
    assert upgrade_id_number("370200680129981") == "370200196801299818"
    assert canonical_id_number("370200680129981") == "370200196801299818"


def test_centenarians_go_to_the_counter():
    with pytest.raises(NeedsCounter):
        upgrade_id_number("370200680129998")


def test_only_fifteen_digits_are_upgraded():
    with pytest.raises(IdNumberWrong):
        upgrade_id_number("370200196801299818")


def test_an_upgrade_keeps_area_date_and_sequence():
    assert is_upgrade("370200196801299818", "370200680129981")
    assert not is_upgrade("370200199003159814", "370200680129981")


@pytest.mark.parametrize(
    ("day", "age"), [(date(2016, 2, 28), 15), (date(2016, 2, 29), 16), (date(2017, 2, 28), 16)]
)
def test_age_is_counted_in_completed_years(day, age):
    assert age_on(date(2000, 2, 29), day) == age


def test_an_admission_number_has_twelve_digits():
    assert read_admission_number(" 020120100001 ") == "020120100001"
    for wrong in ("02012010000", "0201201000011", "02012010000a", "٠٢٠١٢٠١٠٠٠٠١"):
        with pytest.raises(NumberWrong):
            read_admission_number(wrong)


def test_another_place_may_have_other_admission_numbers():
    assert read_admission_number("123456789", r"[0-9]{9,13}") == "123456789"


def test_an_archive_number_keeps_its_leading_zeros():
    assert read_archive_number("02033", "00417") == ("02033", "00417")


@pytest.mark.parametrize(
    ("major", "sequence"), [("2033", "00417"), ("0203a", "00417"), ("02033", "417"), ("", "")]
)
def test_an_archive_number_has_five_and_five_digits(major, sequence):
    with pytest.raises(NumberWrong):
        read_archive_number(major, sequence)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("测试甲", "测试甲"),
        (" 张 三 ", "张三"),
        ("阿凡提•买买提", "阿凡提·买买提"),
        ("阿凡提 . 买买提".replace(".", "·"), "阿凡提·买买提"),
        ("𠮷田", "𠮷田"),
        ("䶮", "䶮"),
        ("Anna  Smith", "Anna Smith"),
        ("张\u200b三", "张三"),
    ],
)
def test_a_name_has_one_form(typed, name):
    assert read_name(typed) == name


@pytest.mark.parametrize("typed", ["", "  ", "张三1", "<b>张三</b>", "张" * 41, "=1+1", "张三·"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(NameWrong):
        read_name(typed)
