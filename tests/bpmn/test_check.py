"""`check` names every fault of a model: the file, the element, and what to do."""

import pytest

from engine.bpmn import Definition, ModelFaults, ServiceSignature
from engine.bpmn.check import check
from tests.bpmn.drawing import (
    boundary,
    call,
    catch,
    element,
    end,
    first_of,
    message,
    model,
    parallel,
    rule,
    sending,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.bpmn.samples import ALL

SERVICES = {
    "test.look": ServiceSignature(frozenset({"round"}), frozenset({"note"})),
    "test.send": ServiceSignature(frozenset({"text"}), takes_any=True),
    "test.plain": ServiceSignature(),
}
FORMS = {"ask": {"stop", "next"}, "tell": {"done"}, "fill": {"done"}}
ROLES = {"candidate", "registrar"}


def faults(*drawn, flows, models=None, process="sample", **options):
    names = [name for name in ("ask", "tell", "fill") if f'id="{name}"' in "".join(drawn)]
    options.setdefault("lanes", {"candidate": " ".join(names)} if names else {})
    content = model(process, start(), *drawn, end(), flows=flows, **options)
    return named({"sample.bpmn": content, **(models or {})})


def named(models, **more):
    found = check(models, services=SERVICES, forms=FORMS, roles=ROLES, **more)
    return {(fault.element, fault.severity) for fault in found if fault.severity == "error"}


SOUND = (user("ask", **{"name.en": "Ask"}), service("look", round="ask.outcome"), xor("enough"))
SOUND_FLOWS = """
begin > again
again > ask
ask > look
look > enough
enough > done if ask.outcome = "stop"
enough > again else
"""


def test_a_sound_model_has_no_fault():
    assert faults(xor("again"), *SOUND, flows=SOUND_FLOWS) == set()


LINE_OF_ONE = "begin > ask\nask > done"
LINE = "begin > ask\nask > {0}\n{0} > done"
ASK = user("ask")
EVENT = '<bpmn:{0}EventDefinition id="definition_of_it"/>'

BROKEN = {
    "complex gateway": (
        "which",
        (ASK, element("complexGateway", "which")),
        LINE.format("which"),
    ),
    "inclusive gateway": (
        "which",
        (ASK, element("inclusiveGateway", "which")),
        LINE.format("which"),
    ),
    "script task": ("run_it", (ASK, element("scriptTask", "run_it")), LINE.format("run_it")),
    "send task without a service": (
        "send_it",
        (ASK, element("sendTask", "send_it")),
        LINE.format("send_it"),
    ),
    "message of a send task": (
        "send_it",
        (ASK, sending("send_it", messageRef="message_w")),
        LINE.format("send_it"),
    ),
    "task without a type": ("do_it", (ASK, element("task", "do_it")), LINE.format("do_it")),
    "manual task": ("do_it", (ASK, element("manualTask", "do_it")), LINE.format("do_it")),
    "transaction": (
        "inner",
        (ASK, element("transaction", "inner", start("b2") + end("d2"))),
        LINE.format("inner"),
    ),
    "ad-hoc": (
        "inner",
        (ASK, element("adHocSubProcess", "inner", user("fill"))),
        LINE.format("inner"),
    ),
    "event subprocess": (
        "inner",
        (ASK, element("subProcess", "inner", start("b2") + end("d2"), triggeredByEvent="true")),
        LINE.format("inner"),
    ),
    "multi-instance": (
        "tell",
        (ASK, user("tell", "<bpmn:multiInstanceLoopCharacteristics/>")),
        LINE.format("tell"),
    ),
    "standard loop": (
        "tell",
        (ASK, user("tell", "<bpmn:standardLoopCharacteristics/>")),
        LINE.format("tell"),
    ),
    "compensation": (
        "throw_it",
        (ASK, element("intermediateThrowEvent", "throw_it", EVENT.format("compensate"))),
        LINE.format("throw_it"),
    ),
    "link": (
        "throw_it",
        (ASK, element("intermediateThrowEvent", "throw_it", EVENT.format("link"))),
        LINE.format("throw_it"),
    ),
    "signal": ("wait", (ASK, catch("wait", EVENT.format("signal"))), LINE.format("wait")),
    "conditional": ("wait", (ASK, catch("wait", EVENT.format("conditional"))), LINE.format("wait")),
    "event without a definition": ("wait", (ASK, catch("wait", "")), LINE.format("wait")),
    "cycle timer": (
        "wait",
        (ASK, catch("wait", timer("timeCycle", "R/PT1H"))),
        LINE.format("wait"),
    ),
    "timer without a time": (
        "wait",
        (ASK, catch("wait", "<bpmn:timerEventDefinition/>")),
        LINE.format("wait"),
    ),
    "naive date": (
        "wait",
        (ASK, catch("wait", timer("timeDate", "2026-11-24T09:00:00"))),
        LINE.format("wait"),
    ),
    "naive FEEL date": (
        "wait",
        (ASK, catch("wait", timer("timeDate", 'date and time("2026-11-24T09:00:00")'))),
        LINE.format("wait"),
    ),
    "day instead of moment": (
        "wait",
        (ASK, catch("wait", timer("timeDate", 'date("2026-11-24")'))),
        LINE.format("wait"),
    ),
    "duration as date": (
        "wait",
        (ASK, catch("wait", timer("timeDate", "PT1H"))),
        LINE.format("wait"),
    ),
    "no duration": (
        "wait",
        (ASK, catch("wait", timer("timeDuration", "P1H"))),
        LINE.format("wait"),
    ),
    "zero duration": (
        "wait",
        (ASK, catch("wait", timer("timeDuration", "PT0S"))),
        LINE.format("wait"),
    ),
    "dangling message": ("wait", (ASK, catch("wait", message("nobody"))), LINE.format("wait")),
    "message of a receive task": (
        "wait",
        (ASK, element("receiveTask", "wait")),
        LINE.format("wait"),
    ),
    "reserved id": ("Start", (ASK, service("Start", "test.plain")), LINE.format("Start")),
    "reserved ending": (
        "x.EndJoin",
        (ASK, service("x.EndJoin", "test.plain")),
        LINE.format("x.EndJoin"),
    ),
    "id of another form": (
        "CamelCase",
        (ASK, service("CamelCase", "test.plain")),
        LINE.format("CamelCase"),
    ),
    "unknown service": ("look", (ASK, service("look", "test.nothing")), LINE.format("look")),
    "missing parameter": ("look", (ASK, service("look", "test.look")), LINE.format("look")),
    "unknown parameter": (
        "look",
        (ASK, service("look", "test.look", round="1", colour="2")),
        LINE.format("look"),
    ),
    "service task without a service": (
        "look",
        (ASK, element("serviceTask", "look")),
        LINE.format("look"),
    ),
    "unknown decision": ("fee", (ASK, rule("fee", "nothing")), LINE.format("fee")),
    "no decision": ("fee", (ASK, element("businessRuleTask", "fee")), LINE.format("fee")),
    "unknown process": ("go", (ASK, call("go", "nowhere")), LINE.format("go")),
    "call of nothing": ("go", (ASK, element("callActivity", "go")), LINE.format("go")),
    "call of itself": ("go", (ASK, call("go", "sample")), LINE.format("go")),
    "unknown form": ("tell", (ASK, user("tell", form="nothing")), LINE.format("tell")),
    "no form": ("tell", (ASK, element("userTask", "tell")), LINE.format("tell")),
    "unreadable parameter": (
        "look",
        (ASK, service("look", "test.look", round="1 +")),
        LINE.format("look"),
    ),
    "name nobody writes": (
        "look",
        (ASK, service("look", "test.look", round="aks.outcome")),
        LINE.format("look"),
    ),
    "unreadable due": ("tell", (ASK, user("tell", due="((")), LINE.format("tell")),
    "other person who is not there": (
        "tell",
        (ASK, user("tell", not_same_person_as="nobody")),
        LINE.format("tell"),
    ),
    "offer to a role that is not there": (
        "withdraw",
        (
            ASK,
            user("tell"),
            boundary("withdraw", "tell", message("w"), offer="nobody"),
            end("gone"),
        ),
        LINE.format("tell") + "\nwithdraw > gone",
    ),
    "boundary on nothing": (
        "late",
        (
            ASK,
            user("tell"),
            boundary("late", "nothing", timer("timeDuration", "PT1H")),
            end("gone"),
        ),
        LINE.format("tell") + "\nlate > gone",
    ),
    "boundary on a gateway": (
        "late",
        (ASK, xor("which"), boundary("late", "which", timer("timeDuration", "PT1H")), end("gone")),
        LINE.format("which") + "\nlate > gone",
    ),
    "several ways in": (
        "tell",
        (ASK, xor("which"), user("tell")),
        (
            'begin > ask\nask > which\nwhich > tell if ask.outcome = "stop"\nwhich > tell else\n'
            "tell > done"
        ),
    ),
    "several ways out": (
        "tell",
        (ASK, user("tell"), end("other")),
        LINE.format("tell") + "\ntell > other",
    ),
    "way that ends nowhere": ("tell", (ASK, user("tell")), "begin > ask\nask > tell\n"),
    "not reached": ("tell", (ASK, user("tell")), "begin > ask\nask > done\ntell > done"),
    "no default": (
        "which",
        (ASK, xor("which"), end("other")),
        (
            'begin > ask\nask > which\nwhich > done if ask.outcome = "stop"\n'
            'which > other if ask.outcome = "next"'
        ),
    ),
    "no condition": (
        "flow_sample_2",
        (ASK, xor("which"), end("other")),
        "begin > ask\nask > which\nwhich > done\nwhich > other else",
    ),
    "condition after a task": (
        "flow_sample_1",
        (ASK,),
        'begin > ask\nask > done if ask.outcome = "stop"',
    ),
    "outcome that no button gives": (
        "flow_sample_2",
        (ASK, xor("which"), end("other")),
        'begin > ask\nask > which\nwhich > done if ask.outcome = "stpo"\nwhich > other else',
    ),
    "flow to nothing": ("flow_sample_2", (ASK,), "begin > ask\nask > done\nask > nothing"),
    "circle of services": (
        "again",
        (ASK, xor("again"), service("look", "test.plain"), xor("which")),
        (
            "begin > ask\nask > again\nagain > look\nlook > which\nwhich > done if look.done\n"
            "which > again else"
        ),
    ),
    "circle without a way out": (
        "both",
        (ASK, parallel("both"), service("look", "test.plain")),
        "begin > ask\nask > both\nboth > look\nlook > both\nboth > done",
    ),
    "join of a choice": (
        "both",
        (ASK, xor("which"), user("tell"), user("fill"), parallel("both")),
        (
            'begin > ask\nask > which\nwhich > tell if ask.outcome = "stop"\nwhich > fill else\n'
            "tell > both\nfill > both\nboth > done"
        ),
    ),
    "join on a circle with a way from outside": (
        "both",
        (ASK, parallel("fork"), user("tell"), parallel("both"), user("fill"), xor("which")),
        (
            "begin > ask\nask > fork\nfork > tell\ntell > both\nfork > both\nboth > fill\n"
            'fill > which\nwhich > done if fill.outcome = "done"\nwhich > both else'
        ),
    ),
    "gateway of events before a task": (
        "tell",
        (ASK, first_of("either"), user("tell"), user("fill"), xor("merge")),
        (
            "begin > ask\nask > either\neither > tell\neither > fill\ntell > merge\nfill > merge\n"
            "merge > done"
        ),
    ),
    "no start in a subprocess": (
        "inner",
        (ASK, sub("inner", user("fill"), end("d2"), flows="fill > d2")),
        LINE.format("inner"),
    ),
    "no end in a subprocess": (
        "inner",
        (ASK, sub("inner", start("b2"), user("fill"), flows="b2 > fill")),
        LINE.format("inner"),
    ),
    "data association": (
        "tell",
        (
            ASK,
            user(
                "tell",
                "<bpmn:dataInputAssociation><bpmn:sourceRef>x</bpmn:sourceRef>"
                "</bpmn:dataInputAssociation>",
            ),
        ),
        LINE.format("tell"),
    ),
    "unknown element": (
        "odd",
        (ASK, element("choreographyTask", "odd")),
        "begin > ask\nask > done",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_is_named_at_its_element(case):
    name, drawn, flows = BROKEN[case]
    assert (name, "error") in faults(*drawn, flows=flows, messages=["w"])


def whole(content, file="sample.bpmn"):
    return check({file: content}, services=SERVICES, forms=FORMS, roles=ROLES)


class TestWholeFiles:
    def test_no_start(self):
        content = model("sample", user("ask"), end(), flows="ask > done")
        assert ("sample", "error") in named({"sample.bpmn": content})

    def test_two_starts_in_what_is_called(self):
        drawn = (start("b2"), start("b3"), xor("meet"), end("d2"))
        inner = model("inner", *drawn, flows="b2 > meet\nb3 > meet\nmeet > d2")
        outer = model("sample", start(), call("ask", "inner"), end(), flows=LINE_OF_ONE)
        assert ("ask", "error") in named({"sample.bpmn": outer, "inner.bpmn": inner})

    def test_two_starts_in_a_subprocess(self):
        drawn = (start("b2"), start("b3"), xor("meet"), end("d2"))
        inner = sub("ask", *drawn, flows="b2 > meet\nb3 > meet\nmeet > d2")
        content = model("sample", start(), inner, end(), flows=LINE_OF_ONE)
        assert ("b3", "error") in named({"sample.bpmn": content})

    def test_no_process(self):
        content = model("sample").replace(b"bpmn:process", b"bpmn:collaboration")
        assert whole(content)[0].file == "sample.bpmn"

    def test_ids_twice_in_a_file(self):
        assert ("ask", "error") in faults(ASK, user("ask"), flows=LINE.format("ask"))

    def test_ids_twice_in_a_release(self):
        line = "begin > ask\nask > done"
        other = model(
            "other", start(), ASK, end("other_done"), flows="begin > ask\nask > other_done"
        )
        found = faults(ASK, flows=line, models={"a.bpmn": other})
        assert {("ask", "error"), ("begin", "error")} <= found

    def test_subprocesses_of_one_name_are_refused_when_parsed(self):
        def one(process):
            inner = sub(
                "inner",
                start(f"{process}_b"),
                end(f"{process}_d"),
                flows=f"{process}_b > {process}_d",
            )
            return model(process, start(), inner, end(), flows="begin > inner\ninner > done")

        with pytest.raises(ModelFaults):
            Definition.parse({"a.bpmn": one("first"), "b.bpmn": one("second")})

    def test_processes_that_call_each_other(self):
        def one(process, other):
            drawn = (start(f"{process}_b"), call(f"{process}_call", other), end(f"{process}_d"))
            flows = f"{process}_b > {process}_call\n{process}_call > {process}_d"
            return model(process, *drawn, flows=flows)

        found = named({"a.bpmn": one("first", "second"), "b.bpmn": one("second", "first")})
        assert found == {("first_call", "error"), ("second_call", "error")}

    def test_a_lane_that_is_no_role(self):
        found = faults(ASK, flows="begin > ask\nask > done", lanes={"nobody": "ask"})
        assert found == {("nobody", "error")}

    def test_a_user_task_in_no_lane(self):
        assert faults(ASK, flows="begin > ask\nask > done", lanes={}) == {("ask", "error")}

    def test_pre_and_post_scripts(self):
        task = element(
            "userTask",
            "ask",
            "<bpmn:extensionElements><spiffworkflow:preScript>x = 1</spiffworkflow:preScript>"
            "</bpmn:extensionElements>",
        )
        assert ("ask", "error") in faults(task, flows="begin > ask\nask > done")

    def test_a_decision_that_reads_what_nobody_writes(self, fee_table):
        drawn = (ASK, rule("fee", "delivery_fee"))
        found = faults(*drawn, flows=LINE.format("fee"), models={"fee.dmn": fee_table})
        assert found == {("fee", "error")}

    def test_a_broken_decision_table(self):
        assert whole(b"<definitions/>", "fee.dmn")[0].file == "fee.dmn"

    def test_a_called_process_sees_what_its_caller_wrote(self):
        called = model(
            "called",
            start("called_begin"),
            service("see", "test.look", round="ask.outcome"),
            end("called_done"),
            flows="called_begin > see\nsee > called_done",
        )
        drawn = (ASK, call("go", "called"))
        assert faults(*drawn, flows=LINE.format("go"), models={"c.bpmn": called}) == set()

    def test_names_a_case_starts_with_are_known(self):
        content = model(
            "sample",
            start(),
            service("look", round="season.year"),
            end(),
            flows="begin > look\nlook > done",
        )
        assert ("look", "error") in named({"s.bpmn": content})
        assert named({"s.bpmn": content}, variables={"season"}) == set()

    def test_the_place_in_an_unreadable_expression_is_told(self):
        drawn = (ASK, service("look", "test.look", round="1 +\n+ )"))
        content = model("sample", start(), *drawn, end(), flows=LINE.format("look"))
        texts = [fault.text for fault in whole(content) if fault.element == "look"]
        assert any("2" in text for text in texts)


class TestDoubts:
    def doubts(self, *drawn, flows, **options):
        content = model("sample", start(), *drawn, end(), flows=flows, **options)
        found = whole(content)
        return {fault.element for fault in found if fault.severity == "warning"}

    def test_polling(self):
        drawn = (
            xor("again"),
            catch("wait", timer("timeDuration", "PT1H")),
            service("look"),
            xor("x"),
        )
        flows = """
            begin > again
            again > wait
            wait > look
            look > x
            x > done if look.found
            x > again else
            """
        assert "again" in self.doubts(*drawn, flows=flows)

    def test_branches_that_meet_without_a_join(self):
        drawn = (
            parallel("fork"),
            user("ask"),
            user("tell"),
            xor("meet"),
            service("look", "test.plain"),
        )
        flows = """
            begin > fork
            fork > ask
            fork > tell
            ask > meet
            tell > meet
            meet > look
            look > done
            """
        assert {"look", "meet"} & self.doubts(*drawn, flows=flows)

    def test_a_timer_on_what_never_waits(self):
        drawn = (
            service("look"),
            boundary("late", "look", timer("timeDuration", "PT1H")),
            end("gone"),
        )
        assert "late" in self.doubts(*drawn, flows="begin > look\nlook > done\nlate > gone")

    def test_names_and_english_that_are_missing(self):
        assert "ask" in self.doubts(ASK, flows="begin > ask\nask > done")

    def test_data_objects_are_drawings(self):
        drawn = (ASK, element("dataObjectReference", "paper", dataObjectRef="none"))
        assert "paper" in self.doubts(*drawn, flows="begin > ask\nask > done")


def test_the_samples_that_run_are_refused_by_none_of_the_structural_rules():
    for models in ALL.values():
        Definition.parse(models)
