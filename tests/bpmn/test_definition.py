"""What models say of themselves, and that cases share them without touching them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.bpmn import Definition, ModelFaults, ServiceSignature
from tests.bpmn.drawing import boundary, end, message, model, rule, service, start, timer, user
from tests.bpmn.samples import BOTH_LOOK, NESTED, REVIEW_STAGE
from tests.bpmn.world import MORNING


@pytest.fixture
def definition(fee_table):
    ask = user("ask", **{"name.en": "Ask", "due": 'duration("PT24H")', "not_same_person_as": "ask"})
    drawn = (
        start(),
        ask,
        boundary("late", "ask", timer("timeDate", "ask.until")),
        boundary("recall", "ask", message("recall"), offer="candidate"),
        rule("fee", "delivery_fee"),
        service("send", "sms.send", text='"hello"', fee="fee.amount"),
        end(),
        end("gone"),
        end("recalled"),
    )
    flows = "begin > ask\nask > fee\nfee > send\nsend > done\nlate > gone\nrecall > recalled"
    content = model("sample", *drawn, flows=flows, lanes={"candidate": "ask"}, messages=["recall"])
    return Definition.parse({"sample.bpmn": content, "fee.dmn": fee_table, "notes.txt": b"\xff"})


def test_it_lists_what_people_do(definition):
    (task,) = definition.user_tasks()
    assert (task.process, task.element, task.lane, task.form) == (
        "sample",
        "ask",
        "candidate",
        "ask",
    )
    assert task.properties["name.en"] == "Ask"
    assert task.name_en == "Ask"


def test_it_lists_what_it_needs_from_others(definition):
    (use,) = definition.services_named()
    assert (use.file, use.element, use.service) == ("sample.bpmn", "send", "sms.send")
    assert use.parameter_names == ("text", "fee")
    assert [(use.element, use.name) for use in definition.decisions_named()] == [
        ("fee", "delivery_fee")
    ]
    assert [(use.element, use.name) for use in definition.messages_named()] == [
        ("recall", "recall")
    ]
    assert {(item.element, item.role) for item in definition.expressions()} == {
        ("ask", "due"),
        ("late", "timeDate"),
        ("send", "parameter text"),
        ("send", "parameter fee"),
    }


def test_it_lists_its_processes_and_their_elements():
    definition = Definition.parse(REVIEW_STAGE)
    assert sorted(definition.process_ids) == ["review", "stage"]
    names = {node.id: node.lane for node in definition.elements("stage")}
    assert names["print_documents"] == "candidate"
    assert "review_on_site" not in names


def test_a_process_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        Definition.parse(REVIEW_STAGE).start("nothing", services=None, clock=None)


def test_faults_name_the_file_and_the_element():
    broken = NESTED["outer.bpmn"].replace(b'calledElement="payment"', b'calledElement="nothing"')
    with pytest.raises(ModelFaults) as refused:
        Definition.parse({"outer.bpmn": broken})
    assert [(fault.file, fault.element) for fault in refused.value.problems] == [
        ("outer.bpmn", "pay_step")
    ]


def test_many_cases_share_one_definition_at_the_same_time():
    definition = Definition.parse(BOTH_LOOK)

    def run(number):
        surroundings = {"services": lambda *_: {"n": number}, "clock": lambda: MORNING}
        process = definition.start("both", {"number": number}, **surroundings)
        for turn in range(10):
            for _ in range(2):
                task = process.open_tasks()[turn % len(process.open_tasks())]
                process.complete(task.id, {"outcome": "again", "turn": turn})
            process = definition.resume(process.state(), **surroundings)
        return process.open_tasks()[0].data

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(run, range(24)))
    assert [data["number"] for data in found] == list(range(24))
    assert all(data["prepare"] == {"n": data["number"]} for data in found)
    assert {data["look_left"]["turn"] for data in found} == {9}


def test_a_signature_is_read_from_the_function():
    def send(context, *, text, urgent=False, **values): ...

    signature = ServiceSignature.of(send)
    assert signature == ServiceSignature(frozenset({"text"}), frozenset({"urgent"}), takes_any=True)
