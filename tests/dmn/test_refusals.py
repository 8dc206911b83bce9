"""Files that are refused, each with the element at fault."""

import pytest

from engine.dmn import Decision, DmnFaults
from tests.dmn.tables import document, table

DECISION = '<decision id="d" name="n">%s</decision>'


def faults_of(xml):
    with pytest.raises(DmnFaults) as caught:
        Decision.parse(xml)
    return [(each.element, each.text) for each in caught.value.problems]


def test_every_fault_is_named_not_only_the_first():
    xml = table(["n +", "m"], ["a"], [["1,,2", "-", "1 +"], ["foo(", "-", "bar(1)"]])
    assert [element for element, _text in faults_of(xml)] == [
        *("ie1", "r1i1", "r1o1", "r2i1", "r2o1")
    ]


@pytest.mark.parametrize(
    ("xml", "element", "says"),
    [
        (b"", "", "XML"),
        (b"<definitions/>", "", "DMN"),
        (b"<a", "", "XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "", "DOCTYPE"),
        (b"<!DOCTYPE a><a/>", "", "DOCTYPE"),
        (b" " * 2_000_001, "", "2 MB"),
        (document("", "http://example.com/other"), "", "DMN"),
        (document(""), "defs", "没有决策"),
        (document(DECISION % ""), "d", "没有决策表"),
        (document(DECISION % '<literalExpression id="x"/>'), "x", "literalExpression"),
        (document(DECISION % '<invocation id="x"/>'), "x", "invocation"),
        (document('<businessKnowledgeModel id="b"/>'), "b", "businessKnowledgeModel"),
        (document('<decisionService id="s"/>'), "s", "decisionService"),
        (document('<import id="m"/>'), "m", "import"),
        (table([], ["a"], [["1"]], policy="LUCKY"), "t", "LUCKY"),
        (table([], ["a"], [["1"]], attributes='aggregation="AVG"'), "t", "AVG"),
        (table([], ["a"], [["1"]], attributes='aggregation="SUM"'), "t", "COLLECT"),
        (
            table([], ["a", "b"], [["1", "2"]], policy="COLLECT", attributes='aggregation="SUM"'),
            "t",
            "一个输出列",
        ),
        (table([], ["a"], [["1"]], policy="PRIORITY"), "t", "PRIORITY"),
        (table([], ["a"], [["1"]], attributes='preferredOrientation="CrossTable"'), "t", "交叉表"),
        (table([], ["a", "a"], [["1", "2"]]), "o1", "不重复"),
        (table([], ["a", ""], [["1", "2"]]), "o2", "不重复"),
        (table(["n"], [], [["1"]]), "t", "输出列"),
        (table(["n"], ["a"], []), "t", "规则"),
        (table(["n"], ["a"], [["1"]]), "r1", "格数"),
        (table([""], ["a"], [["1", "2"]]), "i1", "表达式"),
        (table([], [f"c{n}" for n in range(51)], [["1"] * 51]), "t", "50"),
        (table([], ["a"], [["1"]], policy="PRIORITY", values=["1,,"]), "ov1", "第 1 行"),
        (
            table(["n"], ["a"], [["1", "2"]]).replace(
                b'typeRef="string"', b'expressionLanguage="juel"'
            ),
            "ie1",
            "juel",
        ),
    ],
)
def test_a_refusal_names_the_element(xml, element, says):
    found = faults_of(xml)
    assert any(each == element and says in text for each, text in found), found


def test_two_decisions_in_a_file_are_refused():
    two = DECISION % "<decisionTable/>" + (DECISION % "").replace('"d"', '"e"')
    assert ("e", "一个文件只能有一个决策") in faults_of(document(two))


def test_a_decision_that_needs_another_is_refused():
    needs = '<informationRequirement><requiredDecision href="#e"/></informationRequirement>'
    xml = table([], ["a"], [["1"]]).replace(b"<decisionTable", needs.encode() + b"<decisionTable")
    assert faults_of(xml)[0][0] == "d"


def test_feel_may_be_named_as_the_language():
    xml = table(["n"], ["a"], [["1", "2"]]).replace(
        b"<inputEntry ", b'<inputEntry expressionLanguage="feel" '
    )
    assert Decision.parse(xml).evaluate({"n": 1}).value == 2


def test_a_fault_of_the_file_reads_as_one_sentence():
    with pytest.raises(DmnFaults, match="t：不认识的命中策略“LUCKY”"):
        Decision.parse(table([], ["a"], [["1"]], policy="LUCKY"))
