"""The two models that everyone runs: eight tasks in a line with one gateway, and a loop.

The diagram is the same for all; only the language of its one condition is each engine's own."""

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise

FEEL, PYTHON, JAVASCRIPT = "feel", "python", "javascript"
CONDITIONS: Mapping[str, Mapping[str, str]] = {
    FEEL: {"linear": 'step_4.outcome = "next"', "loop": 'ask.outcome = "again"'},
    PYTHON: {"linear": 'outcome == "next"', "loop": 'outcome == "again"'},
    JAVASCRIPT: {
        "linear": "${environment.output.goes_on}",
        "loop": "${environment.output.goes_on}",
    },
}
FIELDS = {"subject": "毕业成绩初审", "remark": "材料齐全，请审核。", "place": "市南"}
"""What every contender is given at every task."""
STEPS = tuple(f"step_{number}" for number in range(1, 9))
DOCUMENT = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'id="definitions" targetNamespace="https://bishen.example/bench">'
    '<bpmn:process id="{name}" isExecutable="true">{lanes}{body}</bpmn:process></bpmn:definitions>'
)


def linear(language: str = FEEL) -> str:
    """Eight user tasks; after the fourth, one way goes on and the other ends."""
    before, after = STEPS[:4], STEPS[4:]
    ways = ["begin", *before, "is_it_right"], ["is_it_right", *after, "done"]
    flows = [pair for way in ways for pair in pairwise(way)]
    return _model(
        "linear",
        STEPS,
        "is_it_right",
        ends=("done", "declined"),
        flows=[*flows, ("is_it_right", "declined")],
        condition=CONDITIONS[language]["linear"],
        language=language,
    )


def loop(language: str = FEEL) -> str:
    """One user task that is met again and again until its outcome says otherwise."""
    return _model(
        "loop",
        ("ask",),
        "once_more",
        merges=("round",),
        ends=("done",),
        flows=[
            ("begin", "round"),
            ("round", "ask"),
            ("ask", "once_more"),
            ("once_more", "round"),
            ("once_more", "done"),
        ],
        condition=CONDITIONS[language]["loop"],
        language=language,
    )


def files() -> dict[str, bytes]:
    """Both models and their forms, as a bundle of the product."""
    forms = {f"forms/{name}.form": _form(name) for name in (*STEPS, "ask")}
    return {
        "workflows/release.toml": b'main_process = "linear"\n',
        "workflows/linear.bpmn": linear().encode(),
        "workflows/loop.bpmn": loop().encode(),
        **forms,
    }


def _model(
    name: str,
    tasks: tuple[str, ...],
    gateway: str,
    *,
    merges: tuple[str, ...] = (),
    ends: tuple[str, ...],
    flows: list[tuple[str, str]],
    condition: str,
    language: str,
) -> str:
    """The flow that the condition guards is the gateway's first, its last one is the default."""
    out = [number for number, (source, _) in enumerate(flows) if source == gateway]
    guard = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}'
        "</bpmn:conditionExpression>"
    )
    body = ['<bpmn:startEvent id="begin"/>']
    body += [_task(task, language) for task in tasks]
    body += [f'<bpmn:exclusiveGateway id="{gateway}" default="flow_{out[-1]}"/>']
    body += [f'<bpmn:exclusiveGateway id="{merge}"/>' for merge in merges]
    body += [f'<bpmn:endEvent id="{end}"/>' for end in ends]
    body += [
        f'<bpmn:sequenceFlow id="flow_{number}" sourceRef="{source}" targetRef="{target}">'
        f"{guard if number == out[0] else ''}</bpmn:sequenceFlow>"
        for number, (source, target) in enumerate(flows)
    ]
    nodes = "".join(
        f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>"
        for node in ("begin", *tasks, gateway, *merges, *ends)
    )
    lanes = f'<bpmn:laneSet id="lanes"><bpmn:lane id="candidate">{nodes}</bpmn:lane></bpmn:laneSet>'
    return DOCUMENT.format(name=name, lanes=lanes, body="".join(body))


def _task(name: str, language: str) -> str:
    if language != FEEL:
        return f'<bpmn:userTask id="{name}"/>'
    return (
        f'<bpmn:userTask id="{name}"><bpmn:extensionElements><spiffworkflow:properties>'
        f'<spiffworkflow:property name="form" value="{name}"/>'
        "</spiffworkflow:properties></bpmn:extensionElements></bpmn:userTask>"
    )


def _form(name: str, more: Iterable[Mapping[str, object]] = ()) -> bytes:
    """Three fields, as a page of a real form has, and the buttons of the model."""
    outcomes = ("again", "stop") if name == "ask" else ("next", "decline")
    fields = [
        {"type": "textfield", "id": f"field_{key}", "key": key, "label": key}
        for key in ("subject", "remark", "place")
    ]
    buttons = [
        {
            "type": "button",
            "id": f"button_{outcome}",
            "label": outcome,
            "action": "submit",
            "properties": {"outcome": outcome},
        }
        for outcome in outcomes
    ]
    document = {
        "type": "default",
        "id": name,
        "schemaVersion": 19,
        "components": [*fields, *more, *buttons],
    }
    return json.dumps(document).encode()


SEAT = (
    '<bpmn:userTask id="choose"><bpmn:extensionElements><spiffworkflow:properties>'
    '<spiffworkflow:property name="form" value="choose"/></spiffworkflow:properties>'
    '</bpmn:extensionElements></bpmn:userTask><bpmn:serviceTask id="reserve">'
    '<bpmn:extensionElements><spiffworkflow:serviceTaskOperator id="declaration.reserve_seat"'
    ' resultVariable="reserve"><spiffworkflow:parameters><spiffworkflow:parameter id="batch"'
    ' type="any" value="choose.batch"/></spiffworkflow:parameters>'
    "</spiffworkflow:serviceTaskOperator></bpmn:extensionElements></bpmn:serviceTask>"
)
WAIT = (
    '<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration>'
    '"P30D"</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>'
)


def seat() -> dict[str, bytes]:
    """Choose a batch, reserve a seat in it by the product's own service."""
    field = {"type": "textfield", "id": "field", "key": "batch", "label": "batch"}
    routed = {**field, "properties": {"route": True}}
    return {
        "workflows/seat.bpmn": _in_line("seat", SEAT, ("choose", "reserve")),
        "forms/choose.form": _form("choose", [routed]),
    }


def idle() -> dict[str, bytes]:
    """Wait thirty days."""
    return {"workflows/idle.bpmn": _in_line("idle", WAIT, ("wait",))}


def _in_line(name: str, elements: str, between: tuple[str, ...]) -> bytes:
    flows = "".join(
        f'<bpmn:sequenceFlow id="flow_{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(pairwise(("begin", *between, "done")))
    )
    nodes = "".join(
        f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in ("begin", *between, "done")
    )
    lanes = f'<bpmn:laneSet id="lanes"><bpmn:lane id="candidate">{nodes}</bpmn:lane></bpmn:laneSet>'
    body = f'<bpmn:startEvent id="begin"/>{elements}<bpmn:endEvent id="done"/>{flows}'
    return DOCUMENT.format(name=name, lanes=lanes, body=body).encode()
