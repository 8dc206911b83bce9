"""What is not offered is not taken."""

from decimal import Decimal

import pytest

from engine.i18n import speaking
from tests.forms.documents import bind, choices, component, form_of

KINDS = ("select", "radio")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("posted", "value", "error"),
    [
        ("mail", "mail", None),
        ("", None, "请选择领取方式。"),
        ("forged", None, "请从列出的选项中选择领取方式。"),
        ("选项 mail", None, "请从列出的选项中选择领取方式。"),
    ],
)
def test_one_of_several(kind, posted, value, error):
    field = component(kind, "method", values=choices("pickup", "mail"), validate={"required": True})
    bound = bind(field, posted)
    assert (bound.values["method"], bound.errors.get("method")) == (value, error)


@pytest.mark.parametrize("kind", KINDS)
def test_two_answers_to_one_question_are_refused(kind):
    field = component(kind, "method", values=choices("pickup", "mail"))
    assert not form_of(field).bind({}, {"method": ["pickup", "mail"]}).is_valid


def test_options_may_come_from_what_is_known():
    field = component("select", "site", valuesKey="sites")
    known = [{"value": "north", "label": "市北"}, {"value": "full", "disabled": True}, "south"]
    assert bind(field, "north", sites=known).values["site"] == "north"
    assert bind(field, "south", sites=known).values["site"] == "south"
    assert not bind(field, "full", sites=known).is_valid
    assert not bind(field, "north", sites=None).is_valid


def test_a_label_that_comes_from_data_is_no_template():
    field = component("select", "site", valuesKey="sites")
    label = "{{ 1 + 1 }} {{ ("
    [view, _button] = form_of(field).view({"sites": [{"value": "a", "label": label}]})
    assert view.options[0].label == label


def test_options_may_come_from_a_formula():
    field = component("radio", "year", valuesExpression="=for y in 1..3 return y")
    assert bind(field, "2").values["year"] == Decimal(2)
    assert not bind(field, "4").is_valid


def test_an_option_keeps_its_kind_in_every_language():
    field = component("radio", "ok", values=[{"label": "是", "value": True}, {"value": False}])
    with speaking("en"):
        assert bind(field, "true").values["ok"] is True
    assert bind(field, "false").values["ok"] is False


@pytest.mark.parametrize(
    ("posted", "value", "valid"),
    [
        (["c", "a"], ["a", "c"], True),
        (["a", "a"], ["a"], True),
        ([], [], False),
        (["a", "forged"], None, False),
    ],
)
def test_some_of_several(posted, value, valid):
    field = component(
        "checklist", "many", values=choices("a", "b", "c"), validate={"required": True}
    )
    bound = form_of(field).bind({}, {"many": posted})
    assert (bound.values["many"] or value, bound.is_valid) == (value, valid)


@pytest.mark.parametrize(
    ("posted", "value", "error"),
    [
        (["true"], True, None),
        ([], False, "请勾选“同意”。"),
        (["yes"], False, "请用页面上的方框勾选“同意”。"),
        (["true", "true"], False, "请用页面上的方框勾选“同意”。"),
    ],
)
def test_a_tick(posted, value, error):
    field = component("checkbox", "agree", label="同意", validate={"required": True})
    bound = form_of(field).bind({}, {"agree": posted})
    assert (bool(bound.values["agree"]), bound.errors.get("agree")) == (value, error)
