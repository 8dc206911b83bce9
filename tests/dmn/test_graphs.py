"""Decisions that are expressions, decisions that require others, and knowledge they call."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.dmn import CellFailed, Decision, DmnFaults, review
from tests.dmn.tables import document


def literal(text, **attributes):
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<literalExpression{given}><text>{text}</text></literalExpression>"


def decision(name, logic, *requires, calls=(), type_of=""):
    """Return a decision; `requires` are the ids of decisions, `calls` those of knowledge."""
    needs = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>'
        for each in requires
    )
    needs += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in calls
    )
    variable = f'<variable name="{name}" typeRef="{type_of}"/>' if type_of else ""
    key = name.replace(" ", "_")
    return f'<decision id="{key}" name="{name}">{variable}{needs}{logic}</decision>'


def knowledge(name, parameters, logic, *, calls=(), type_of="Any"):
    given = "".join(f'<formalParameter name="{n}" typeRef="{t}"/>' for n, t in parameters)
    needs = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in calls
    )
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}" '
        f'typeRef="{type_of}"/><encapsulatedLogic>{given}{logic}</encapsulatedLogic>{needs}'
        "</businessKnowledgeModel>"
    )


def entry(name, logic):
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def value_of(inside, wanted="", **context):
    return Decision.parse(document(inside), wanted).evaluate(context).value


SQUARE = knowledge("square", [("n", "number")], literal("n * n"))
TABLE = """
<decisionTable id="t" hitPolicy="COLLECT">
  <input id="i"><inputExpression><text>n</text></inputExpression></input>
  <output id="o"/>
  <rule id="r1"><inputEntry><text>&lt; 10</text></inputEntry>
    <outputEntry><text>"low"</text></outputEntry></rule>
  <rule id="r2"><inputEntry><text>&gt; 5</text></inputEntry>
    <outputEntry><text>"high"</text></outputEntry></rule>
</decisionTable>
"""


def test_a_decision_may_be_one_expression():
    found = Decision.parse(document(decision("fee", literal("weight * 2"))))
    assert found.evaluate({"weight": 3}).value == 6
    assert (found.inputs, found.rules, found.hit_policy, found.policy) == ((), (), None, None)
    assert found.names() == {"weight"}
    assert review(found) == []


def test_a_decision_reads_those_it_requires_whatever_their_order_in_the_file():
    inside = decision("total due", literal("base fee + extra"), "base_fee", "extra")
    inside += decision("extra", literal("base fee / 2"), "base_fee")
    inside += decision("base fee", literal("weight * 2"))
    found = Decision.parse(document(inside))
    assert found.evaluate({"weight": 4}).value == 12
    assert found.names() == {"weight"}


def test_one_of_several_decisions_is_named_by_id_or_name():
    inside = decision("one two", literal("1")) + decision("three", literal("3"))
    assert value_of(inside, "one_two") == value_of(inside, "one two") == 1
    assert value_of(inside, "three") == 3
    with pytest.raises(DmnFaults, match="没有决策"):
        value_of(inside, "four")


def test_what_the_wanted_decision_does_not_require_may_be_unsupported():
    inside = '<decisionService id="s"/>' + decision("bad", "<conditional/>")
    assert value_of(inside + decision("good", literal("1")), "good") == 1


def test_a_required_decision_may_be_a_table():
    inside = decision("levels", TABLE) + decision("many", literal("count(levels)"), "levels")
    assert value_of(inside, n=7) == 2
    assert Decision.parse(document(inside), "levels").evaluate({"n": 7}).matched == ("r1", "r2")


def test_a_decision_that_two_require_is_made_once():
    wide = decision("d0", literal("for i in 1..900 return i"))
    for n in range(1, 12):
        wide += decision(f"d{n}", literal(f"d{n - 1} = d{n - 1}"), f"d{n - 1}")
    assert value_of(wide) is True


def test_knowledge_is_called_by_name_and_checks_its_arguments():
    def called(text):
        return value_of(SQUARE + decision("d", literal(text), calls=["square"]))

    assert called("square(3)") == called("square(n: 3)") == called("square([3])") == 9
    assert called('square("3")') is None
    assert called("square(1, 2)") is None
    assert called("square(m: 1)") is None


def test_knowledge_may_call_other_knowledge_and_itself():
    inside = SQUARE + knowledge(
        "fourth", [("n", "Any")], literal("square(square(n))"), calls=["square"]
    )
    assert value_of(inside + decision("d", literal("fourth(2)"), calls=["fourth"])) == 16
    inside = knowledge("fact", [("n", "number")], literal("if n = 0 then 1 else n * fact(n - 1)"))
    assert value_of(inside + decision("d", literal("fact(5)"), calls=["fact"])) == 120


def test_knowledge_without_an_end_is_stopped():
    inside = knowledge("round", [("n", "Any")], literal("round(n + 1)"))
    with pytest.raises(CellFailed):
        value_of(inside + decision("d", literal("round(0)"), calls=["round"]))


def test_knowledge_may_be_a_table_and_know_the_moment():
    inside = knowledge("levels", [("n", "number")], TABLE)
    assert value_of(inside + decision("d", literal("levels(20)"), calls=["levels"])) == ["high"]
    inside = knowledge("this year", [], literal("today().year")).replace('id="this year"', 'id="y"')
    moment = {"__now__": datetime(2026, 3, 2, tzinfo=UTC)}
    assert value_of(inside + decision("d", literal("this year()"), calls=["y"]), **moment) == 2026


def test_an_invocation_binds_each_parameter():
    bound = f'<binding><parameter name="n"/>{literal("2 + 1")}</binding>'
    inside = SQUARE + decision(
        "d", f"<invocation>{literal('square')}{bound}</invocation>", calls=["square"]
    )
    assert value_of(inside) == 9
    inside = decision("d", f"<invocation>{literal('nothing')}{bound}</invocation>")
    assert value_of(inside) is None


def test_a_boxed_context_gives_its_last_entry_or_all():
    entries = entry("a", literal("2")) + entry("b c", literal("a + x"))
    assert value_of(decision("d", f"<context>{entries}</context>"), x=1) == {"a": 2, "b c": 3}
    result = entry("", literal("b c * 10"))
    found = Decision.parse(document(decision("d", f"<context>{entries}{result}</context>")))
    assert found.evaluate({"x": 1}).value == 30
    assert found.names() == {"x"}


def test_a_function_may_be_an_entry_of_a_context():
    function = (
        f'<functionDefinition><formalParameter name="y"/>{literal("x + y")}</functionDefinition>'
    )
    for logic in (function, literal("function(y: number) x + y")):
        entries = entry("f", logic) + entry("", literal("f(2)"))
        assert value_of(decision("d", f"<context>{entries}</context>"), x=1) == 3


def test_lists_and_relations_are_boxed_too():
    assert value_of(decision("d", f"<list>{literal('1')}{literal('x')}</list>"), x=2) == [1, 2]
    row = f"<row>{literal('1')}{literal('x')}</row>"
    relation = f'<relation><column name="a"/><column name="b c"/>{row}{row}</relation>'
    assert value_of(decision("d", relation), x=2) == [{"a": 1, "b c": 2}] * 2


TYPES = """
<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
<itemComponent name="ages" isCollection="true"><typeRef>tAge</typeRef></itemComponent>
</itemDefinition>
<itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>tAge</typeRef></itemDefinition>
<itemDefinition name="tLoop"><itemComponent name="self"><typeRef>tLoop</typeRef></itemComponent>
</itemDefinition>
"""


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", "1 + 1", 2),
        ("string", "1 + 1", None),
        ("number", "[10]", 10),
        ("number", '["a"]', None),
        ("tAges", "10", [10]),
        ("tAges", '"a"', None),
        ("tAges", "[1, null]", [1, None]),
        ("tAges", '[1, "a"]', None),
        ("tPerson", '{name: "a", ages: [1], more: 1}', {"name": "a", "ages": [1], "more": 1}),
        ("tPerson", '{name: "a"}', None),
        ("tPerson", "{name: 1, ages: []}", None),
        ("tLoop", "{self: 1}", {"self": 1}),
        ("dateTime", '@"2026-01-01"', None),
        ("unknown", "1", 1),
        ("Any", "1", 1),
    ],
)
def test_a_result_that_is_not_of_its_type_is_null(kind, text, value):
    text = text.replace('"', "&quot;")
    assert value_of(TYPES + decision("d", literal(text), type_of=kind)) == value
    assert value_of(TYPES + decision("d", literal(text, typeRef=kind))) == value


def test_a_failing_expression_is_named():
    with pytest.raises(CellFailed) as caught:
        value_of(decision("d", literal("9 ** x", id="le")), x=Decimal(99999))
    assert caught.value.element == "le"


def test_boxes_inside_one_another_have_an_end():
    deep = "<list>" * 25 + "</list>" * 25
    with pytest.raises(DmnFaults, match="嵌套太深"):
        value_of(decision("d", deep))


def test_requirements_in_a_row_have_an_end():
    chain = decision("d0", literal("1"))
    for n in range(1, 60):
        chain += decision(f"d{n}", literal(f"d{n - 1}"), f"d{n - 1}")
    with pytest.raises(DmnFaults, match="依赖得太深"):
        value_of(chain)
