"""What a post hides, it can't fill in."""

import pytest

from engine.forms import FormulaFailed
from tests.forms.documents import bind, choices, component, form_of

METHOD = component("radio", "method", values=choices("pickup", "mail"))


def address(hide='=method != "mail"'):
    city = component("textfield", "city", label="城市", validate={"required": True})
    street = component("textfield", "street", conditional={"hide": "=address.city = null"})
    described = {"label": "地址", "path": "address", "conditional": {"hide": hide}}
    return component("group", components=[city, street], **described)


def test_hidden_fields_are_dropped_even_when_posted():
    form = form_of(METHOD, address())
    bound = form.bind({}, {"method": "pickup", "address.city": "青岛", "address.street": "x"})
    assert bound.values == {"method": "pickup"}
    assert bound.entered == {"method": "pickup"}
    assert bound.hidden == ["address.city", "address.street"]
    assert bound.unknown == []


def test_shown_fields_are_asked_for():
    bound = form_of(METHOD, address()).bind({}, {"method": "mail"})
    assert bound.errors == {"address.city": "请填写城市。"}


def test_a_condition_may_look_ahead():
    early = component("textfield", "early", conditional={"hide": '=late != "yes"'})
    late = component("textfield", "late")
    form = form_of(early, late)
    assert form.bind({}, {"early": "a", "late": "yes"}).values["early"] == "a"
    assert form.bind({}, {"early": "a", "late": "no"}).values == {"late": "no"}


def test_hiding_runs_through_a_chain():
    chain = [component("textfield", "f0")]
    for n in range(1, 8):
        chain.insert(0, component("textfield", f"f{n}", conditional={"hide": f"=f{n - 1} = null"}))
    posted = {f"f{n}": "x" for n in range(1, 8)}
    assert form_of(*chain).bind({}, posted).values == {"f0": None}
    assert len(form_of(*chain).bind({}, {**posted, "f0": "x"}).values) == 8


def test_of_two_that_hide_each_other_the_first_gives_way():
    one = component("textfield", "one", conditional={"hide": "=two != null"})
    two = component("textfield", "two", conditional={"hide": "=one != null"})
    assert form_of(one, two).bind({}, {"one": "x", "two": "x"}).values in (
        {"one": "x"},
        {"two": "x"},
    )


def test_what_never_settles_is_hidden():
    one = component("textfield", "one", conditional={"hide": "=two != null"})
    two = component("expression", "two", expression="=one")
    bound = form_of(one, two).bind({}, {"one": "x"})
    assert "one" not in bound.values


def test_known_facts_decide_too():
    field = component("textfield", "school", conditional={"hide": '=person.level = "junior"'})
    assert bind(field, "x", person={"level": "junior"}).values == {}
    assert bind(field, "x", person={"level": "senior"}).values == {"school": "x"}


def test_an_answer_outweighs_a_fact_of_the_same_name():
    field = component("textfield", "level")
    other = component("textfield", "other", conditional={"hide": '=level = "junior"'})
    bound = form_of(field, other).bind({"level": "junior"}, {"level": "", "other": "x"})
    assert bound.values == {"level": None, "other": "x"}


def test_computed_values_follow_the_answers():
    form = form_of(
        component("number", "count"),
        component("expression", "fee", expression="=if count = null then 0 else count * 12"),
        component("textfield", "why", conditional={"hide": "=fee < 30"}),
    )
    bound = form.bind({}, {"count": "3", "fee": "0", "why": "x"})
    assert (bound.values["fee"], bound.values["why"]) == (36, "x")
    assert bound.unknown == ["fee"]
    assert "why" not in form.bind({}, {"count": "2", "why": "x"}).values


def test_a_formula_that_cannot_be_evaluated_is_the_forms_fault():
    huge = "=9999 ** 9999"
    with pytest.raises(FormulaFailed):
        bind(component("textfield", "x", conditional={"hide": huge}), "x")


def test_a_read_only_field_holds_what_is_known():
    field = component("textfield", "name", readonly=True)
    assert bind(field, "forged", name="张三").values == {"name": "张三"}
    assert bind({**field, "defaultValue": "无"}, "forged").values == {"name": "无"}
    stored = {"name": "李四"}
    assert bind(field, "forged", name="张三", __stored__=stored).values == {"name": "李四"}


def test_only_marked_fields_are_open():
    locked = '=not(list contains(marked, "name"))'
    field = component("textfield", "name", readonly=locked)
    assert bind(field, "新", name="旧", marked=["name"]).values == {"name": "新"}
    assert bind(field, "新", name="旧", marked=[]).values == {"name": "旧"}
