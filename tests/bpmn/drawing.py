"""Small models written as Python: a list of elements and lines such as `ask > check`."""

from xml.sax.saxutils import quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'id="definitions" targetNamespace="https://bishen.example/bpmn">'
)


def model(process: str, *elements: str, flows: str = "", lanes=None, messages=()) -> bytes:
    """Return the bytes of a diagram with one process."""
    body = _lanes(lanes or {}) + _inside(process, elements, flows)
    names = "".join(f'<bpmn:message id="message_{name}" name="{name}"/>' for name in messages)
    return (
        f'{HEAD}{names}<bpmn:process id="{process}" isExecutable="true">{body}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def element(tag: str, name: str, inside: str = "", **attributes: str) -> str:
    texts = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<bpmn:{tag} id="{name}"{texts}>{inside}</bpmn:{tag}>'


def start(name: str = "begin") -> str:
    return element("startEvent", name)


def end(name: str = "done") -> str:
    return element("endEvent", name)


def terminate(name: str) -> str:
    return element("endEvent", name, "<bpmn:terminateEventDefinition/>")


def failing(name: str, error: str) -> str:
    return element("endEvent", name, f'<bpmn:errorEventDefinition errorRef="{error}"/>')


def user(name: str, inside: str = "", **properties: str) -> str:
    properties.setdefault("form", name)
    return element("userTask", name, _extensions(_properties(properties)) + inside)


def service(name: str, call: str | None = None, **parameters: str) -> str:
    return element("serviceTask", name, _operator(name, call, parameters))


def sending(name: str, call: str | None = None, **attributes: str) -> str:
    return element("sendTask", name, _operator(name, call, {}), **attributes)


def _operator(name: str, call: str | None, parameters) -> str:
    inner = "".join(
        f'<spiffworkflow:parameter id="{key}" type="any" value={quoteattr(value)}/>'
        for key, value in parameters.items()
    )
    operator = (
        f'<spiffworkflow:serviceTaskOperator id="{call or "test." + name}" resultVariable="{name}">'
        f"<spiffworkflow:parameters>{inner}</spiffworkflow:parameters>"
        "</spiffworkflow:serviceTaskOperator>"
    )
    return _extensions(operator)


def rule(name: str, decision: str) -> str:
    called = f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
    return element("businessRuleTask", name, _extensions(called))


def xor(name: str) -> str:
    return element("exclusiveGateway", name)


def parallel(name: str) -> str:
    return element("parallelGateway", name)


def first_of(name: str) -> str:
    return element("eventBasedGateway", name)


def call(name: str, process: str, **properties: str) -> str:
    return element(
        "callActivity", name, _extensions(_properties(properties)), calledElement=process
    )


def sub(name: str, *elements: str, flows: str) -> str:
    return element("subProcess", name, _inside(name, elements, flows))


def timer(kind: str, expression: str) -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:{kind}>{_escaped(expression)}</bpmn:{kind}>"
        "</bpmn:timerEventDefinition>"
    )


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="message_{name}"/>'


def boundary(
    name: str, on: str, inside: str, *, interrupting: bool = True, **properties: str
) -> str:
    return element(
        "boundaryEvent",
        name,
        _extensions(_properties(properties)) + inside,
        attachedToRef=on,
        cancelActivity=str(interrupting).lower(),
    )


def catch(name: str, inside: str, **properties: str) -> str:
    return element("intermediateCatchEvent", name, _extensions(_properties(properties)) + inside)


def _inside(scope: str, elements, lines: str) -> str:
    """Draw the flows: `a > b`, `a > b if x = 1`, `a > b else` (the default flow of a)."""
    drawn, body = [], "".join(elements)
    for number, line in enumerate(filter(None, map(str.strip, lines.splitlines()))):
        ways, _, condition = line.partition(" if ")
        name = f"flow_{scope}_{number}"
        source, target = (part.strip() for part in ways.removesuffix(" else").split(">"))
        if ways.endswith(" else"):
            body = body.replace(f' id="{source}"', f' id="{source}" default="{name}"', 1)
        inside = f"<bpmn:conditionExpression>{_escaped(condition)}</bpmn:conditionExpression>"
        drawn.append(
            element(
                "sequenceFlow",
                name,
                inside if condition else "",
                sourceRef=source,
                targetRef=target,
            )
        )
    return body + "".join(drawn)


def _lanes(lanes) -> str:
    if not lanes:
        return ""
    inner = "".join(
        f'<bpmn:lane id="{lane}" name="的{lane}">'
        + "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes.split())
        + "</bpmn:lane>"
        for lane, nodes in lanes.items()
    )
    return f'<bpmn:laneSet id="lanes">{inner}</bpmn:laneSet>'


def _extensions(inside: str) -> str:
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>" if inside else ""


def _properties(properties) -> str:
    if not properties:
        return ""
    inner = "".join(
        f"<spiffworkflow:property name={quoteattr(key)} value={quoteattr(value)}/>"
        for key, value in properties.items()
    )
    return f"<spiffworkflow:properties>{inner}</spiffworkflow:properties>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
