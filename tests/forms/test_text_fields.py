"""Lines and paragraphs: what is taken, and what a person is told to mend."""

import time

import pytest

from engine.i18n import speaking
from tests.forms.documents import bind, component, form_of

NAME = component("textfield", "name", validate={"required": True, "minLength": 2, "maxLength": 6})
PHONE = component("textfield", "phone", validate={"validationType": "phone"})
NUMBER = component(
    "textfield",
    "number",
    properties={"characters": "ascii"},
    validate={"pattern": "^[0-9]{12}$", "patternErrorMessage": "请填写 12 位准考证号。"},
)


@pytest.mark.parametrize(
    ("typed", "value", "error"),
    [
        (" 张三 ", "张三", None),
        ("", None, "请填写姓名。"),
        ("   ", None, "请填写姓名。"),
        ("\u200b", None, "请填写姓名。"),
        ("张", None, "姓名至少填写 2 个字。"),
        ("一二三四五六七八", None, "姓名最多填写 6 个字，请删去 2 个字。"),
        ("<b>x</b>"[:6], "<b>x</", None),
    ],
)
def test_a_line_of_text(typed, value, error):
    bound = bind(NAME, typed)
    assert (bound.values["name"], bound.errors.get("name")) == (value, error)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("13900000001", "13900000001"),
        ("+86 139-0000-0001", "13900000001"),
        (" １３９００００ ０００１ ", "13900000001"),
        ("8613900000001", "13900000001"),
        ("0532-88888888", "053288888888"),
        ("（0532）88888888", "053288888888"),
        ("+852 2123 4567", "+85221234567"),
    ],
)
def test_a_phone_number_has_one_spelling(typed, value):
    bound = bind(PHONE, typed)
    assert (bound.values["phone"], bound.errors) == (value, {})


@pytest.mark.parametrize("typed", ["1390000", "139000000011", "abc", "1' or '1'='1", "+86"])
def test_a_wrong_phone_number_says_how_to_write_it(typed):
    assert bind(PHONE, typed).errors == {
        "phone": "请填写有效的联系电话，座机要带区号，例如 0532-88880000。"
    }


def test_where_a_mobile_is_needed_a_landline_is_refused():
    mobile = {**PHONE, "properties": {"phone": "mobile"}}
    assert bind(mobile, "13900000001").is_valid
    assert bind(mobile, "0532-88888888").errors["phone"].startswith("请填写 11 位的联系电话")


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("a.b+c@example.com", True),
        ("ａ@example.com", True),
        ("a@b", False),
        ("a b@example.com", False),
        ("a@exa_mple.com", False),
        ("@example.com", False),
        (f"{'a' * 65}@example.com", False),
    ],
)
def test_an_email_address(typed, passes):
    email = component("textfield", "email", validate={"validationType": "email"})
    assert bind(email, typed).is_valid is passes


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("020120100001", True),
        ("０２０１２０１０ ０００１", True),
        ("02012010000", False),
        ("0201201000011", False),
        ("020120100001\n", True),
        ("٠٢٠١٢٠١٠٠٠٠١", False),
    ],
)
def test_a_pattern_decides_after_the_spelling_was_mended(typed, passes):
    bound = bind(NUMBER, typed)
    assert bound.is_valid is passes
    assert passes or bound.errors == {"number": "请填写 12 位准考证号。"}


def test_a_pattern_that_would_explode_elsewhere_takes_no_time():
    field = component("textfield", "x", validate={"pattern": "^(a+)+$"})
    started = time.thread_time()
    assert not bind(field, "a" * 900 + "!").is_valid
    assert time.thread_time() - started < 1


def test_the_limit_of_a_length_may_be_a_formula():
    level = component("textfield", "level")
    field = component("textfield", "name", validate={"maxLength": '=if level = "a" then 2 else 3'})
    form = form_of(level, field)
    assert not form.bind({}, {"level": "a", "name": "一二三"}).is_valid
    assert form.bind({}, {"level": "b", "name": "一二三"}).is_valid


def test_a_megabyte_is_refused_before_it_is_read():
    bound = bind(component("textarea", "note"), "x" * 1_000_000)
    assert bound.errors == {"note": "note最多填写 20000 个字。"}
    assert len(bound.entered["note"]) == 20_000


def test_one_field_posted_twice_is_refused():
    bound = form_of(NAME).bind({}, {"name": ["张三", "李四"]})
    assert bound.errors == {"name": "“姓名”提交了不止一次，请只填写一次。"}


def test_a_paragraph_keeps_its_lines():
    bound = bind(component("textarea", "note"), "一\r\n二 \x00")
    assert bound.values["note"] == "一\n二"


def test_the_analyst_may_say_what_is_missing():
    own = {"error.required": "请填写与身份证一致的姓名。", "error.required.en": "Enter your name."}
    field = {**NAME, "properties": own}
    assert bind(field, "").errors == {"name": "请填写与身份证一致的姓名。"}
    with speaking("en"):
        assert bind(field, "").errors == {"name": "Enter your name."}


def test_a_field_is_required_where_its_formula_says_so():
    method = component("textfield", "method")
    name = component("textfield", "name", validate={"required": '=method = "mail"'})
    form = form_of(method, name)
    assert form.bind({}, {"method": "mail"}).errors == {"name": "请填写姓名。"}
    assert form.bind({}, {"method": "pickup"}).is_valid


def test_an_email_address_is_kept_in_ascii():
    email = component("textfield", "email", validate={"validationType": "email"})
    assert bind(email, "ａ@example。com").is_valid is False
    assert bind(email, "ａ@example.com").values["email"] == "a@example.com"
