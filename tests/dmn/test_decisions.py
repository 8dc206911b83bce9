"""Asking decision tables: hit policies, what matched, and what the cells see."""

from decimal import Decimal

import pytest

from engine.dmn import (
    CellFailed,
    Decision,
    HitPolicy,
    InputNotAllowed,
    OutputNotAllowed,
    SeveralRulesMatched,
)
from tests.dmn.tables import document, table

ROWS = [
    ["< 10", '"low"', "1"],
    ["[5..20]", '"middle"', "2"],
    ["> 15", '"high"', "3"],
]


def decide(policy, n, rows=ROWS, **more):
    xml = table(["n"], ["level", "fee"], rows, policy=policy, **more)
    return Decision.parse(xml).evaluate({"n": n})


def single(policy, n, column=2, **more):
    rows = [[row[0], row[column]] for row in ROWS]
    return Decision.parse(table(["n"], ["fee"], rows, policy=policy, **more)).evaluate({"n": n})


def test_one_output_gives_its_plain_value_and_the_rule_that_matched():
    result = single("UNIQUE", 3)
    assert (result.value, result.matched) == (Decimal(1), ("r1",))
    assert result.inputs == {"n": Decimal(3)}


def test_several_outputs_give_a_context():
    assert decide("UNIQUE", 12).value == {"level": "middle", "fee": Decimal(2)}


def test_unique_refuses_two_rules_and_names_them():
    with pytest.raises(SeveralRulesMatched) as caught:
        single("UNIQUE", 7)
    assert caught.value.rules == ("r1", "r2")


@pytest.mark.parametrize(("n", "value"), [(7, Decimal(1)), (17, Decimal(2)), (30, Decimal(3))])
def test_first_takes_the_topmost_rule_but_names_all(n, value):
    result = single("FIRST", n)
    assert result.value == value
    assert set(result.matched) >= {f"r{value}"}


def test_any_wants_rules_that_agree():
    rows = [["< 10", "1"], ["> 5", "1.0"], ["7", "2"]]
    decision = Decision.parse(table(["n"], ["fee"], rows, policy="ANY"))
    assert decision.evaluate({"n": 6}).value == 1
    assert decision.evaluate({"n": 6}).matched == ("r1", "r2")
    with pytest.raises(SeveralRulesMatched):
        decision.evaluate({"n": 7})


def test_priority_takes_the_output_that_is_allowed_first():
    values = ['"high","middle","low"']
    assert decide("PRIORITY", 7, values=values).value["level"] == "middle"
    assert decide("PRIORITY", 17, values=values).value["level"] == "high"


def test_priority_looks_at_the_next_output_when_the_first_is_equal():
    rows = [["-", '"a"', "1"], ["-", '"a"', "2"]]
    found = decide("PRIORITY", 0, rows, values=['"a"', "2,1"])
    assert found.value == {"level": "a", "fee": Decimal(2)}


def test_output_order_lists_by_priority_and_rule_order_by_position():
    values = ['"high","middle","low"']
    by_output = decide("OUTPUT ORDER", 7, values=values).value
    assert [each["level"] for each in by_output] == ["middle", "low"]
    by_rule = decide("RULE ORDER", 7).value
    assert [each["level"] for each in by_rule] == ["low", "middle"]


def test_a_value_without_a_priority_is_refused():
    with pytest.raises(OutputNotAllowed):
        decide("PRIORITY", 7, values=['"high","middle"'])


@pytest.mark.parametrize(
    ("aggregation", "value"),
    [("SUM", Decimal(3)), ("COUNT", Decimal(2)), ("MIN", Decimal(1)), ("MAX", Decimal(2))],
)
def test_collect_may_sum_up(aggregation, value):
    result = single("COLLECT", 7, attributes=f'aggregation="{aggregation}"')
    assert (type(result.value), result.value) == (Decimal, value)
    assert result.matched == ("r1", "r2")


def test_collect_lists_what_matched():
    assert single("COLLECT", 7).value == [Decimal(1), Decimal(2)]
    assert decide("COLLECT", 7).value[0] == {"level": "low", "fee": Decimal(1)}


@pytest.mark.parametrize(
    ("policy", "attributes", "value"),
    [
        ("UNIQUE", "", None),
        ("FIRST", "", None),
        ("COLLECT", "", []),
        ("RULE ORDER", "", []),
        ("COLLECT", 'aggregation="COUNT"', Decimal(0)),
        ("COLLECT", 'aggregation="SUM"', None),
    ],
)
def test_nothing_matched(policy, attributes, value):
    xml = table(["n"], ["fee"], [["1", "2"]], policy=policy, attributes=attributes)
    result = Decision.parse(xml).evaluate({"n": 9})
    assert (result.value, result.matched) == (value, ())


@pytest.mark.parametrize("policy", ["UNIQUE", "COLLECT"])
def test_a_default_output_stands_in_when_nothing_matched(policy):
    xml = table(["n"], ["fee"], [["1", "2"]], policy=policy).replace(
        b'name="fee">', b'name="fee"><defaultOutputEntry><text>n * 2</text></defaultOutputEntry>'
    )
    value = Decision.parse(xml).evaluate({"n": 9}).value
    assert value == ([Decimal(18)] if policy == "COLLECT" else Decimal(18))


@pytest.mark.parametrize(
    ("cell", "passes"),
    [
        ("1,2", [1, 2]),
        ("not(3)", [1, 2, 4]),
        ("[1..2]", [1, 2]),
        ("<= 2", [1, 2]),
        ("? <= 2", [1, 2]),
        ("? in (1,2)", [1, 2]),
        ("not(1,2)", [3, 4]),
        ("-", [1, 2, 3, 4]),
        ("", [1, 2, 3, 4]),
        ("limit", [3]),
    ],
)
def test_cells_are_feel(cell, passes):
    decision = Decision.parse(table(["n"], ["ok"], [[cell, "true"]]))
    found = [n for n in (1, 2, 3, 4) if decision.evaluate({"n": n, "limit": 3}).value]
    assert found == passes


def test_outputs_are_expressions_over_the_context():
    xml = table(["n"], ["fee", "note"], [["-", "n * rate", ""]])
    found = Decision.parse(xml).evaluate({"n": 3, "rate": Decimal("1.5")})
    assert found.value == {"fee": Decimal("4.5"), "note": None}


def test_inputs_are_expressions_and_a_missing_one_is_null():
    xml = table(["count(certificates)", "apply.outcome"], ["ok"], [["> 1", "null", "true"]])
    decision = Decision.parse(xml)
    assert decision.evaluate({"certificates": [1, 2]}).value is True
    assert decision.names() == {"certificates", "apply"}


def test_a_table_without_inputs_decides():
    assert Decision.parse(table([], ["fee"], [["1"]])).evaluate({}).value == 1


def test_an_input_outside_its_allowed_values_is_refused():
    xml = table(["n"], ["ok"], [["-", "true"]]).replace(
        b"</inputExpression>",
        b"</inputExpression><inputValues id='iv'><text>[1..3]</text></inputValues>",
    )
    decision = Decision.parse(xml)
    assert decision.evaluate({"n": 2}).value is True
    with pytest.raises(InputNotAllowed, match="9"):
        decision.evaluate({"n": 9})


def test_a_cell_that_fails_names_its_rule():
    xml = table(["n"], ["big"], [["1", "1"], ["2", "n ** 99999"]])
    with pytest.raises(CellFailed) as caught:
        Decision.parse(xml).evaluate({"n": 2})
    assert caught.value.element == "r2"


def test_the_cells_share_one_budget():
    costly = "count(for i in 1..4000 return i) > 0 and false"
    xml = table(["n"], ["x"], [[costly, "1"]] * 100)
    with pytest.raises(CellFailed, match="步骤"):
        Decision.parse(xml).evaluate({"n": 1})


def test_names_of_several_words_are_known_when_the_file_declares_them():
    xml = table(["Applicant Age * 2"], ["ok"], [["> 30", "true"]]).replace(
        b'<decision id="d"',
        b'<inputData id="x" name="Applicant Age"><variable name="Applicant Age"/></inputData>'
        b'<decision id="d"',
    )
    assert Decision.parse(xml).evaluate({"Applicant Age": 18}).value is True


def test_what_a_decision_says_of_itself():
    decision = Decision.parse(table(["n"], ["fee"], [["1", "2"]], policy="FIRST"))
    assert (decision.id, decision.name, decision.hit_policy) == ("d", "决策", HitPolicy.FIRST)
    assert [each.label for each in decision.inputs] == ["n"]
    assert [each.name for each in decision.outputs] == ["fee"]
    assert [each.id for each in decision.rules] == ["r1"]


def test_the_only_output_may_go_without_a_name():
    xml = table(["n"], ["fee"], [["1", "2"]]).replace(b' name="fee"', b"")
    assert Decision.parse(xml).outputs[0].name == "d"


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
    ],
)
def test_every_version_of_dmn_is_read(namespace):
    xml = table(["n"], ["fee"], [["1", "2"]], namespace=namespace)
    assert Decision.parse(xml).evaluate({"n": 1}).value == 2


EDITOR = """
<decision id="d" name="n">
  <variable id="v" name="x"/>
  <informationRequirement id="ir"><requiredInput href="#a"/></informationRequirement>
  <decisionTable id="t">
    <input id="i" label="邮寄方式" biodi:width="192">
      <inputExpression id="e" typeRef="string"><text>method</text></inputExpression>
    </input>
    <output id="o" name="fee" typeRef="number"/>
    <rule id="r">
      <description>备注</description>
      <inputEntry id="c"><text>"mail"</text></inputEntry>
      <outputEntry id="x"><text>1500</text></outputEntry>
    </rule>
  </decisionTable>
</decision>
<inputData id="a" name="method"/>
<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/">
  <dmndi:DMNDiagram/>
</dmndi:DMNDI>
""".replace("<decisionTable", '<decisionTable xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0"')


def test_what_the_editor_adds_is_ignored():
    decision = Decision.parse(document(EDITOR))
    assert decision.evaluate({"method": "mail"}).value == 1500
    assert decision.evaluate({"method": "mail"}).inputs == {"邮寄方式": "mail"}
    assert decision.rules[0].note == "备注"
