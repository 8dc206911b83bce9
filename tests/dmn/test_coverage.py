"""What is found by trying a table out, before a case meets it."""

import pytest

from engine.dmn import Decision, review
from tests.dmn.tables import table

FULL = [["< 60", '"fail"'], [">= 60", '"pass"']]


def found(rows, policy="UNIQUE", inputs=("n",), **more):
    xml = table(inputs, ["x"], rows, policy=policy, **more)
    return [(each.element, each.text) for each in review(Decision.parse(xml))]


def test_a_table_that_covers_everything_once_is_fine():
    assert found(FULL) == []


def test_a_gap_is_shown_by_a_value_in_it():
    assert found([["[0..59]", "1"], ["> 60", "2"], ["< 0", "3"]]) == [
        ("d", "没有规则适用于：n = 59.5"),
        ("d", "没有规则适用于：n = 60"),
    ]


def test_a_text_that_no_cell_names_is_a_gap():
    assert found([['"a"', "1"], ['"b","c"', "2"]]) == [("d", "没有规则适用于：n = 其他值")]


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER"])
def test_a_policy_that_lists_may_list_nothing(policy):
    assert found([['"a"', "1"]], policy) == []


def test_an_overlap_names_both_rules_and_a_value():
    assert found([["< 60", "1"], [">= 50", "2"]]) == [
        ("r2", "与第 1 条规则同时适用于：n = 50"),
    ]
    assert found([["< 60", "1"], [">= 50", "2"]], "FIRST") == []


def test_two_columns_are_tried_together():
    rows = [['"mail"', '"far"', "1"], ['"mail"', 'not("far")', "2"], ['not("mail")', '"far"', "3"]]
    assert found(rows, inputs=("method", "place")) == [
        ("d", "没有规则适用于：method = 其他值，place = 其他值")
    ]


def test_a_rule_that_never_decides_is_idle():
    assert found([["-", "1"], ["> 5", "2"]], "FIRST") == [("r2", "第 2 条规则永远不会起作用")]
    assert found([['"a"', "1"], ["-", "2"], ['"a"', "3"]], "FIRST")[0][0] == "r3"


def test_allowed_values_limit_what_is_tried():
    xml = table(["n"], ["x"], [['"a"', "1"], ['"b"', "2"]]).replace(
        b"</inputExpression>",
        b'</inputExpression><inputValues><text>"a","b"</text></inputValues>',
    )
    assert review(Decision.parse(xml)) == []


def test_dates_truths_and_negative_numbers_are_tried():
    assert found([['< date("2026-01-01")', "1"]])[0][1] == "没有规则适用于：n = 2026-01-01"
    assert found([["true", "1"]]) == [("d", "没有规则适用于：n = false")]
    assert found([["<= -5", "1"], ["> -5", "2"]]) == []
    assert found([["< -5", "1"], ["> -5", "2"]]) == [("d", "没有规则适用于：n = -5")]


def test_a_table_that_reads_other_names_cannot_be_tried():
    assert found([["< limit", "1"]]) == []


def test_a_table_with_too_many_cases_is_left_alone():
    inputs = [f"c{n}" for n in range(6)]
    rows = [[*[str(n)] * 6, "1"] for n in range(8)]
    assert found(rows, inputs=inputs) == []


def test_a_table_that_costs_too_much_is_left_alone():
    costly = "count(for i in 1..4000 return i) > ?"
    assert found([[costly, "1"]] * 200) == []


def test_a_table_without_inputs_has_one_case():
    assert found([["1"]], inputs=()) == []
