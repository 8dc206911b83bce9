"""Which names an expression reads, and names of more than one word."""

import pytest

from engine.feel import evaluate, parse


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ('apply.outcome = "next"', {"apply"}),
        ("for x in xs, y in x.ys return x + y + z", {"xs", "z"}),
        ("for x in x return x", {"x"}),
        ("some s in scores satisfies s > pass_mark", {"scores", "pass_mark"}),
        ("{a: b, c: a + d}", {"b", "d"}),
        ("{a: 1}.a + a", {"a"}),
        ("function(x) x + y", {"y"}),
        ("count(scores[item > limit])", {"scores", "limit"}),
        ("for i in 1..n return partial[-1]", {"n"}),
        ("partial + 1", {"partial"}),
        ("x in (? > y)", {"x", "y"}),
        ("is defined(a.b)", {"a"}),
        ("if a then b else c", {"a", "b", "c"}),
        ("x instance of number", {"x"}),
        ("sort(xs, function(a, b) a > b)", {"xs"}),
        ('"none" + string(1)', set()),
        ("毕业.状态 = null", {"毕业"}),
    ],
)
def test_the_free_names_are_the_roots_of_paths(expression, names):
    assert parse(expression).names() == names


def test_a_name_in_a_filter_may_be_a_member_of_the_items():
    expression = parse("rows[kind = wanted].total + tax")
    assert expression.doubtful_names() == {"kind", "wanted"}
    assert parse("rows[kind = 1] = kind").doubtful_names() == set()


def test_the_item_hides_outer_names():
    context = {"level": 9, "rows": [{"level": 1}, {"size": 1}]}
    assert evaluate("rows[level = 1]", context) == [{"level": 1}]
    assert evaluate("rows[item.level = null]", context) == [{"size": 1}]


def test_names_of_several_words_are_those_the_caller_knows():
    expression = parse("full name + other", names=["full name"])
    assert expression.names() == {"full name", "other"}
    assert expression.evaluate({"full name": "a", "other": "b"}) == "ab"


def test_a_context_makes_its_own_names_known():
    context = {"monthly income": 5, "person": {"family name": "吴"}, "rows": [{"a b": 1}]}
    assert evaluate("monthly income * 2", context) == 10
    assert evaluate("person.family name", context) == "吴"
    assert evaluate("rows[a b = 1].a b", context) == [1]


def test_known_names_may_hold_keywords_and_begin_like_functions():
    assert evaluate("date and place", {"date and place": "x"}) == "x"
    assert evaluate("date and time", {"date": True, "time": False}) is False
    assert evaluate("count + 1", {"count": 1}) == 2
    assert evaluate("count(count)", {"count": [1, 2]}) == 2


def test_backticks_hold_any_name():
    assert evaluate("`a-b` + 1", {"a-b": 1}) == 2
    assert parse("`a-b`.`c d`").names() == {"a-b"}


def test_loop_variables_and_keys_may_have_several_words():
    assert evaluate("for each one in [1, 2] return each one + 1", {}) == [2, 3]
    assert evaluate("{a key: 1, other: a key + 1}.other", {}) == 2


def test_keywords_are_names_behind_a_dot():
    assert evaluate("task.return", {"task": {"return": 1}}) == 1


def test_parsed_expressions_are_kept():
    assert parse("1 + 2 + 3") is parse("1 + 2 + 3")
