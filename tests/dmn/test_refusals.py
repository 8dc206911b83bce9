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
        (document(DECISION % '<conditional id="x"/>'), "x", "conditional"),
        (document(DECISION % '<filter id="x"/>'), "x", "filter"),
        (document(DECISION % '<invocation id="x"/>'), "x", "没有表达式"),
        (document(DECISION % "<context><contextEntry id='x'/></context>"), "x", "没有表达式"),
        (document(DECISION % '<functionDefinition id="x" kind="Java"/>'), "x", "Java"),
        (
            document(DECISION % '<literalExpression id="x"><importedValues/></literalExpression>'),
            "x",
            "importedValues",
        ),
        (
            document(DECISION % '<literalExpression id="x"><text>1 +</text></literalExpression>'),
            "x",
            "第 1 行第 4 列",
        ),
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


def requiring(own, other, kind="Decision"):
    requirement = "informationRequirement" if kind == "Decision" else "knowledgeRequirement"
    return (
        f'<decision id="{own}" name="{own}"><{requirement}><required{kind} href="#{other}"/>'
        f"</{requirement}><literalExpression><text>1</text></literalExpression></decision>"
    )


@pytest.mark.parametrize(
    ("inside", "element", "says"),
    [
        (requiring("d", "e"), "d", "#e"),
        (requiring("d", "e", "Knowledge"), "d", "#e"),
        (requiring("d", "s", "Knowledge") + '<decisionService id="s"/>', "s", "decisionService"),
        (requiring("d", "e") + requiring("e", "f") + requiring("f", "e"), "e", "成圈"),
        (
            requiring("d", "b", "Knowledge")
            + '<businessKnowledgeModel id="b" name="b"><encapsulatedLogic kind="PMML"/>'
            "</businessKnowledgeModel>",
            "b",
            "PMML",
        ),
    ],
)
def test_what_a_decision_requires_must_be_there_and_supported(inside, element, says):
    found = faults_of(document(inside))
    assert any(each == element and says in text for each, text in found), found


def test_feel_may_be_named_as_the_language():
    xml = table(["n"], ["a"], [["1", "2"]]).replace(
        b"<inputEntry ", b'<inputEntry expressionLanguage="feel" '
    )
    assert Decision.parse(xml).evaluate({"n": 1}).value == 2


def test_a_fault_of_the_file_reads_as_one_sentence():
    with pytest.raises(DmnFaults, match="t：不认识的命中策略“LUCKY”"):
        Decision.parse(table([], ["a"], [["1"]], policy="LUCKY"))
