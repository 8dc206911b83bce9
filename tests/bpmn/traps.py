"""Diagrams with one trap each, and for each what `check` says of it or which test runs it."""

from engine.bpmn import ServiceSignature
from engine.bpmn.check import check
from tests.bpmn.drawing import (
    boundary,
    call,
    catch,
    element,
    end,
    failing,
    first_of,
    message,
    model,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)
from tests.bpmn.test_check import BROKEN, FORMS, LINE, SERVICES
from tests.bpmn.test_hostile import DOCUMENTS

ASK = user("ask", **{"name.en": "Ask"}).replace("<bpmn:userTask", '<bpmn:userTask name="问"', 1)
KNOWN = {**SERVICES, "test.any": ServiceSignature(takes_any=True)}
ROLES = {"candidate", "registrar"}


def one(*drawn, flows, lanes="ask", **options):
    options.setdefault("messages", ["w"])
    lanes = lanes if isinstance(lanes, dict) else {"candidate": lanes}
    return {
        "sample.bpmn": model("sample", start(), *drawn, end(), flows=flows, lanes=lanes, **options)
    }


def broken(case):
    """Return a diagram that `test_check.py` knows already."""
    name, drawn, flows = BROKEN[case]
    asked = " ".join(each for each in ("ask", "tell", "fill") if f'id="{each}"' in "".join(drawn))
    return name, one(*drawn, flows=flows, lanes=asked)


PYTHON = "__import__('os').system('id')"
NEVER_ENDS = """
    begin > again
    again > ask
    ask > which
    which > again else
    which > tell if ask.outcome = "next"
    tell > again
    """
ENDLESS = one(xor("again"), ASK, xor("which"), user("tell"), flows=NEVER_ENDS, lanes="ask tell")
THROWING = sub("inner", start("b2"), failing("failed", "error_e"), flows="b2 > failed")
ERROR = b'<bpmn:error id="error_e" errorCode="e"/><bpmn:process'
SPINNING = one(
    ASK,
    xor("again"),
    THROWING,
    boundary("caught", "inner", '<bpmn:errorEventDefinition errorRef="error_e"/>'),
    flows="begin > ask\nask > again\nagain > inner\ninner > done\ncaught > again",
)
SPINNING = {file: each.replace(b"<bpmn:process", ERROR, 1) for file, each in SPINNING.items()}
LATE = one(
    service("plan", "test.any"),
    xor("again"),
    ASK,
    boundary("late", "ask", timer("timeDate", "plan.until")),
    flows="begin > plan\nplan > again\nagain > ask\nask > done\nlate > again",
)
INNER_LANE = one(
    sub("inner", start("b2"), ASK, end("d2"), flows="b2 > ask\nask > d2"),
    flows="begin > inner\ninner > done",
    lanes={"registrar": "inner", "candidate": "ask"},
)


def operator(inside="", **attributes):
    texts = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (
        "<bpmn:extensionElements>"
        f'<spiffworkflow:serviceTaskOperator id="test.plain"{texts}>{inside}'
        "</spiffworkflow:serviceTaskOperator></bpmn:extensionElements>"
    )


def serving(**attributes):
    return one(
        ASK, element("serviceTask", "look", operator(**attributes)), flows=LINE.format("look")
    )


def twice():
    def process(name):
        inner = sub("inner", start(f"{name}_b"), end(f"{name}_d"), flows=f"{name}_b > {name}_d")
        drawn = (start(f"{name}_s"), inner, end(f"{name}_e"))
        return model(name, *drawn, flows=f"{name}_s > inner\ninner > {name}_e")

    return {"a.bpmn": process("first"), "b.bpmn": process("second")}


CALLED = model(
    "lead",
    start("lead_b"),
    user("tell"),
    end("lead_d"),
    flows="lead_b > tell\ntell > lead_d",
    lanes={"registrar": "tell"},
)


REFUSED = {
    # What the library does not implement, and passes over or half reads.
    "a complex gateway": broken("complex gateway"),
    "an inclusive join fires early, ignores branches, lets old values win": broken(
        "inclusive gateway"
    ),
    "a link is a plain event to the library": broken("link"),
    "compensation is a plain event to the library": broken("compensation"),
    "a signal reaches one process only": broken("signal"),
    "a conditional event in a loop spoils the tree": broken("conditional"),
    "a task with two ways out": broken("several ways out"),
    "a condition on a way out of a task is not evaluated": broken("condition after a task"),
    "a task that loops back on a task without a gateway": broken("several ways in"),
    "a receive task without a message passes straight through": broken("message of a receive task"),
    "an element that no way leads to is ignored": broken("not reached"),
    "a way that ends nowhere": broken("way that ends nowhere"),
    "an ad-hoc subprocess": broken("ad-hoc"),
    "a transaction": broken("transaction"),
    "an event subprocess goes on beside its process, for every case": broken("event subprocess"),
    "a multi-instance is stuck after a restart": broken("multi-instance"),
    "a standard loop is stuck after a restart": broken("standard loop"),
    "a choice without a way raises when it runs": broken("no default"),
    "a service task that calls nothing": broken("service task without a service"),
    "retries of a service are read and never done": (
        "look",
        serving(inside='<spiffworkflow:retry retries="3"/>'),
    ),
    "a result under another name": ("look", serving(resultVariable="found")),
    "a task without a type waits for nobody in particular": broken("task without a type"),
    "a cycle timer": broken("cycle timer"),
    "a time in the zone of the server": broken("naive date"),
    "a time in the zone of the server, in FEEL": broken("naive FEEL date"),
    # What would run as a program.
    "a script task": broken("script task"),
    "Python in a condition": (
        "flow_sample_2",
        one(
            ASK,
            xor("which"),
            end("other"),
            flows=f"begin > ask\nask > which\nwhich > done if {PYTHON}\nwhich > other else",
        ),
    ),
    "Python in a duration": (
        "wait",
        one(ASK, catch("wait", timer("timeDuration", PYTHON)), flows=LINE.format("wait")),
    ),
    "Python in a parameter": (
        "look",
        one(ASK, service("look", "test.any", a=PYTHON), flows=LINE.format("look")),
    ),
    "Python in a due time": ("ask", one(user("ask", due=PYTHON), flows="begin > ask\nask > done")),
    # What hangs or hurts the parser.
    "a data reference that leads nowhere hangs the parser": broken("data association"),
    "a message that is not there raises in the library's own report": broken("dangling message"),
    "a DOCTYPE": ("", {"sample.bpmn": DOCUMENTS["doctype"]}),
    "an external entity": ("", {"sample.bpmn": DOCUMENTS["external entity"]}),
    "a file that is too large": ("", {"sample.bpmn": DOCUMENTS["too large"]}),
    "nested too deep": ("s10", {"sample.bpmn": DOCUMENTS["deeply nested"]}),
    "one subprocess id in two diagrams": ("inner", twice()),
    "an id of the library's own": broken("reserved id"),
    "an ending of the library's own": broken("reserved ending"),
    # What would wait or turn for ever.
    "a circle of services alone": broken("circle of services"),
    "a circle of an error that is caught and thrown again": ("again", SPINNING),
    "a circle without a way out": broken("circle without a way out"),
    "tasks from which no end can be reached": ("ask", ENDLESS),
    "a date that is over interrupts every later round": ("late", LATE),
    "a join of a choice never fires": broken("join of a choice"),
    "a join on a circle with a way in from outside": broken(
        "join on a circle with a way from outside"
    ),
    "a process that calls itself never returns": broken("call of itself"),
    "an output that the called process does not have": (
        "go",
        {
            **one(ASK, call("go", "lead", outputs="tel.found"), flows=LINE.format("go")),
            "lead.bpmn": CALLED,
        },
    ),
    # What lies in a lane.
    "a subprocess in a lane takes its tasks out of theirs": ("ask", INNER_LANE),
}


def looping(late, *drawn, back="which > again else", flows="late > gone"):
    """Return a task on a circle with an event on its edge."""
    lines = f'begin > again\nagain > ask\nask > which\nwhich > done if ask.outcome = "stop"\n{back}'
    again, which = xor("again"), xor("which")
    return one(again, ASK, which, late, end("gone"), *drawn, flows=f"{lines}\n{flows}")


HOUR = timer("timeDuration", "PT1H")
ROUNDS = looping(boundary("late", "ask", HOUR))
BETWEEN = one(
    xor("again"),
    first_of("either"),
    catch("news", message("w")),
    catch("late", HOUR),
    flows="""
    begin > again
    again > either
    either > news
    news > again
    either > late
    late > done
    """,
    lanes={},
)
ESCALATED = one(
    ASK,
    boundary("late", "ask", HOUR, interrupting=False),
    user("tell", **{"name.en": "Tell"}),
    end("told"),
    flows="begin > ask\nask > done\nlate > tell\ntell > told",
    lanes="ask tell",
)
ESCALATED_BY_CALL = {
    **one(
        ASK,
        boundary("late", "ask", HOUR, interrupting=False),
        call("go", "lead"),
        end("told"),
        flows="begin > ask\nask > done\nlate > go\ngo > told",
    ),
    "lead.bpmn": CALLED,
}
INTERRUPTED = one(
    sub("inner", start("b2"), ASK, end("d2"), flows="b2 > ask\nask > d2"),
    boundary("gone_wrong", "inner", message("w")),
    service("undo", "test.any", what="ask.outcome"),
    end("undone"),
    flows="begin > inner\ninner > done\ngone_wrong > undo\nundo > undone",
    lanes={"candidate": "inner"},
)
MEETING = one(
    ASK,
    boundary("late", "ask", HOUR, interrupting=False),
    xor("meet"),
    service("look", "test.any"),
    flows="begin > ask\nask > meet\nlate > meet\nmeet > look\nlook > done",
)
PROPERTY = (
    '<spiffworkflow:properties><spiffworkflow:property name="due" value="ask.until"/>'
    "</spiffworkflow:properties>"
)
WARNED = {
    "a duration that begins anew with every round": ("late", ROUNDS),
    "a duration after a gateway of events that begins anew": ("late", BETWEEN),
    "an activity that waits for the person it was escalated to": ("tell", ESCALATED),
    "an activity that waits for the process it was escalated to": ("go", ESCALATED_BY_CALL),
    "an event that reads what it has interrupted": ("undo", INTERRUPTED),
    "a property where nobody reads it": (
        "look",
        one(
            ASK,
            service("look", "test.plain").replace(
                "<spiffworkflow:serviceTaskOperator",
                PROPERTY + "<spiffworkflow:serviceTaskOperator",
            ),
            flows=LINE.format("look"),
        ),
    ),
    "branches that write the same name": ("look", MEETING),
}
HARMLESS = {
    "a parallel join fires early in the second round": (
        "test_joins.py::test_three_branches_twice_in_any_order"
    ),
    "a token passes a join twice": "test_joins.py::test_both_look_again_in_any_order",
    "an old value wins at a join": (
        "test_joins.py::test_a_change_is_not_undone_by_the_branch_that_did_not_make_it"
    ),
    "an old value wins at the end": (
        "test_joins.py::test_the_end_brings_together_what_every_path_changed"
    ),
    "a reminder brings old values back": (
        "test_joins.py::test_a_reminder_never_brings_an_old_value_back"
    ),
    "a flow straight from a fork into its join": (
        "test_joins.py::test_a_fork_may_send_a_token_straight_into_the_join"
    ),
    "lists are merged at joins": "test_traps.py::test_lists_of_two_branches_stay_as_they_were",
    "a second call finds the outcome of the first": (
        "test_process.py::test_a_second_call_knows_nothing_of_the_first"
    ),
    "a call returns all that it knew": (
        "test_process.py::test_a_call_returns_its_end_and_declared_outputs_alone"
    ),
    "finished tasks share nested values": (
        "test_process.py::test_what_a_caller_changes_afterwards_is_not_the_token"
    ),
    "a case is stuck after three hundred rounds": (
        "test_long_loops.py::test_a_loop_of_three_hundred_rounds_does_what_its_model_does"
    ),
    "a case grows with every round": (
        "test_state.py::test_round_2000_of_a_loop_costs_what_the_second_did"
    ),
    "a reminder leaves something in every round": (
        "test_state.py::test_a_reminder_in_every_round_leaves_nothing_behind"
    ),
    "a timer that fires is left as it is": (
        "test_process.py::test_they_fire_oldest_first_each_at_its_own_time"
    ),
    "an overdue timer lets inner services run first": (
        "test_process.py::test_what_is_overdue_comes_before_anything_inside"
    ),
    "two timers after one gateway share their due time": (
        "test_process.py::test_after_a_gateway_the_earlier_of_two_timers_decides"
    ),
    "a deadline given by a service restarts": (
        "test_process.py::test_a_deadline_from_a_service_does_not_restart_on_a_loop"
    ),
    "a message that comes early raises, or is lost": (
        "test_process.py::test_nobody_waiting_is_zero_and_nothing_is_kept"
    ),
    "messages are told apart by their ids": (
        "test_process.py::test_the_same_message_id_in_two_files_names_two_messages"
    ),
    "lanes are told apart by their names": (
        "test_process.py::test_roles_are_lane_ids_and_a_subprocess_hands_its_own_on"
    ),
    "a failing service hides its cause": (
        "test_process.py::test_a_failing_service_names_its_element_and_leaves_the_old_state"
    ),
    "a failing choice leaves a case that nobody can mend": (
        "test_process.py::test_a_choice_without_a_way_fails_by_name"
    ),
    "an endless circle just stops": (
        "test_process.py::test_an_endless_circle_of_services_spends_its_budget"
    ),
    "an error leaves more than its activity": (
        "test_process.py::test_an_error_leaves_its_own_activity_and_no_other"
    ),
    "an interrupted subprocess leaves a waiting join": (
        "test_joins.py::test_an_interrupted_subprocess_takes_its_waiting_join_along"
    ),
    "cases share what the parser read": (
        "test_definition.py::test_many_cases_share_one_definition_at_the_same_time"
    ),
    "attributes of other tools are not read": (
        "test_foreign.py::test_a_diagram_of_another_tool_is_refused_at_its_elements"
    ),
    "saving changes what happens": "test_differential.py::test_saving_and_pruning_change_nothing",
}


def told(models, forms=FORMS):
    return check(models, services=KNOWN, forms=forms, roles=ROLES)


def texts_at(element_id, models):
    return {fault.text for fault in told(models) if fault.element == element_id}
