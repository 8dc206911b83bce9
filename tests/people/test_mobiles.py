import pytest

from engine.people.masks import mask_id_number, mask_mobile, mask_name
from engine.people.mobiles import MobileInvalid, normalise


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "１３８００１３８０００",
        "＋８６１３８００１３８０００",
    ],
)
def test_every_way_of_typing_a_mobile_is_one_mobile(typed):
    assert normalise(typed) == "13800138000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1380013800",
        "138001380001",
        "23800138000",
        "12800138000",
        "13800138000\n",
        "13800138000\r\nBcc: 1",
        "1380013800O",
        "+1 202 555 0123",
        "0532 8888 8888",
        "1" * 30,
        "13800138000 ext 5",
        "13800138000;isub=1",
        "१३८००१३८०००",
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(MobileInvalid, match="手机号码"):
        normalise(typed)


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (mask_mobile, "13800138000", "138****8000"),
        (mask_mobile, "1380", "****"),
        (mask_id_number, "11010519491231002X", "110105********002X"),
        (mask_id_number, "370200680129981", "370200******981"),
        (mask_name, "张三", "张*"),
        (mask_name, "阿凡提·买买提", "阿******"),
        (mask_name, "张", "*"),
        (mask_name, "𠮷野", "𠮷*"),
    ],
)
def test_a_mask_shows_just_enough_to_recognise(mask, plain, shown):
    assert mask(plain) == shown
