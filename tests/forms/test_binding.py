"""What a post may change: what the form says, nothing else."""

import json

from engine.forms import GENERIC_TYPES, FieldError, FieldType, Submitted
from tests.forms.documents import bind, button, component, form_of

BACK = button("back", label="上一步", properties={"validate": "false"})
NAME = component("textfield", "name", validate={"required": True})


class Board(FieldType):
    """Stands for a component of the domain."""

    type = "board"
    outcomes = frozenset({"merge"})

    def bind(self, definition, submitted, context):
        facts = context["board"]
        if submitted.first("row.0") not in facts["rows"]:
            raise FieldError({"row.0": "请选择一行。", "": "对顶没有完成"})
        return {"row": submitted.first("row.0"), "outcome": context["__outcome__"]}


TYPES = {**GENERIC_TYPES, "board": Board()}
BOARD = {"type": "board", "key": "board"}


def test_unknown_names_are_dropped_and_reported():
    posted = {"name": "张三", "approved": "true", "name.x": "1", "__class__": "x", "_version": "3"}
    bound = form_of(NAME).bind({}, {**posted, "csrf_token": "t", "outcome": "next"})
    assert bound.values == {"name": "张三"}
    assert bound.unknown == ["approved", "name.x", "__class__"]


def test_routed_values_are_copied_out_and_always_there():
    method = component("textfield", "method", properties={"route": True})
    hidden = component(
        "textfield", "extra", properties={"route": "true"}, conditional={"hide": "=true"}
    )
    form = form_of(method, hidden)
    assert form.bind({}, {"method": "mail", "extra": "x"}).routed == {
        "method": "mail",
        "extra": None,
    }
    assert form.bind({}, {}).routed == {"method": None, "extra": None}


def test_a_secret_is_kept_nowhere_else():
    code = component("textfield", "code", properties={"secret": True})
    form = form_of(code, NAME)
    bound = form.bind({}, {"code": "314159"})
    assert bound.secrets == {"code": "314159"}
    assert "314159" not in repr((bound, bound.values, bound.entered, bound.routed))
    assert "314159" not in repr(form.view({}, {"code": "314159"}, bound.errors)[0].value)


def test_going_back_keeps_values_and_asks_for_nothing():
    form = form_of(NAME, component("number", "age"), button(), BACK)
    bound = form.bind({}, {"age": "x"}, outcome="back")
    assert (bound.is_valid, bound.values) == (True, {"name": None, "age": None})
    assert bound.entered["age"] == "x"
    assert not form.bind({}, {"age": "x"}, outcome="next").is_valid


def test_an_outcome_without_a_button_is_refused():
    form = form_of(NAME, button(conditional={"hide": '=name = "x"'}), BACK)
    assert form.bind({}, {"name": "张三"}, outcome="approve").errors == {
        "outcome": "请用页面上的按钮继续。"
    }
    assert form.bind({}, {"name": "张三"}, outcome="next").is_valid
    assert not form.bind({}, {"name": "x"}, outcome="next").is_valid


def test_a_domain_component_owns_everything_under_its_key():
    form = form_of(BOARD, NAME, types=TYPES)
    context = {"board": {"rows": ["a"]}}
    bound = form.bind(context, {"board.row.0": "a", "name": "张三"}, outcome="merge")
    assert bound.values["board"] == {"row": "a", "outcome": "merge"}
    assert bound.unknown == []
    assert [outcome.name for outcome in form.outcomes] == ["merge", "next"]


def test_errors_of_a_domain_component_carry_its_posted_names():
    form = form_of(NAME, BOARD, types=TYPES)
    bound = form.bind({"board": {"rows": []}}, {"board.row.0": "z"})
    assert list(bound.errors.items()) == [
        ("name", "请填写姓名。"),
        ("board.row.0", "请选择一行。"),
        ("board", "对顶没有完成"),
    ]


def test_facts_of_a_domain_component_are_in_sight_of_conditions():
    note = component("textfield", "note", conditional={"hide": "=count(board.rows) = 0"})
    form = form_of(BOARD, note, types=TYPES)
    assert "note" in form.bind({"board": {"rows": ["a"]}}, {"note": "x"}).values
    assert "note" not in form.bind({"board": {"rows": []}}, {"note": "x"}).values


def test_what_was_typed_is_plain_json():
    form = form_of(NAME, BOARD, component("datetime", "born"), types=TYPES)
    posted = {"name": "张三", "born.year": "九〇", "board.row.0": ["z"], "board.row.1": ["a", "b"]}
    entered = form.bind({"board": {"rows": []}}, posted).entered
    assert json.loads(json.dumps(entered)) == entered
    assert entered["board"] == {"posted": {"row.0": ["z"], "row.1": ["a", "b"]}}


def test_a_post_may_come_as_it_was_heard():
    assert form_of(NAME).bind({}, Submitted({"name": ["张三"]})).is_valid


def test_keys_with_dots_nest_like_groups():
    assert bind(component("textfield", "a.b"), {"a.b": "x"}).values == {"a": {"b": "x"}}


def test_hostile_text_is_kept_as_the_text_it_is():
    hostile = "{{ 1 + 1 }}<img src=x onerror=alert(1)>"
    assert bind(NAME, hostile).values["name"] == hostile
