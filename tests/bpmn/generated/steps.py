"""Random elements: what a token meets one after the other."""

from itertools import product

from tests.bpmn.drawing import (
    boundary,
    call,
    catch,
    element,
    end,
    failing,
    first_of,
    message,
    rule,
    sending,
    service,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)

ERROR = '<bpmn:errorEventDefinition errorRef="no_luck"/>'
TIMES = {
    "timeDuration": ("PT1H", "PT3H", 'duration("PT5H")', "P1D"),
    "timeDate": ('date and time("2026-03-02T12:00:00+08:00")', "2026-03-04T01:00:00Z"),
}


def work(sheet):
    name = sheet.name("work", "userTask")
    sheet.task(name)
    sheet.add(user(name))
    return name, name


def serve(sheet):
    name = sheet.name("serve", "serviceTask")
    sheet.plan.services.append(f"test.{name}")
    sheet.add(service(name))
    return name, name


def send(sheet):
    name = sheet.name("send", "sendTask")
    sheet.plan.services.append(f"test.{name}")
    sheet.add(sending(name))
    return name, name


def decide(sheet):
    name = sheet.name("decide", "businessRuleTask")
    sheet.add(rule(name, "fee"))
    return name, name


def milestone(sheet):
    name = sheet.name("reached", "intermediateThrowEvent")
    sheet.add(element("intermediateThrowEvent", name))
    return name, name


def receive(sheet):
    name = sheet.name("receive", "receiveTask")
    sheet.add(element("receiveTask", name, messageRef=f"message_{sheet.message()}"))
    return name, name


def hear(sheet):
    name = sheet.name("hear", "catch message")
    sheet.add(catch(name, message(sheet.message())))
    return name, name


def pause(sheet):
    kind = sheet.dice.choice(sorted(TIMES))
    name = sheet.name("pause", f"catch {kind}")
    sheet.add(catch(name, timer(kind, sheet.dice.choice(TIMES[kind]))))
    return name, name


STEPS = (work, work, serve, send, decide, milestone, receive, hear, pause)


def step(sheet):
    return sheet.dice.choice(STEPS)(sheet)


def first_event(sheet, block):
    """A gateway at which the first of two or three events decides the way."""
    gateway = sheet.name("first", "eventBasedGateway")
    meet = sheet.name("meet", "exclusiveGateway")
    sheet.add(first_of(gateway), xor(meet))
    kinds = ["message", "timeDuration", "receive", "timeDate"]
    for kind in sheet.dice.sample(kinds, sheet.dice.choice((2, 3))):
        name = sheet.name("won", f"first of several: {kind}")
        if kind == "receive":
            sheet.add(element("receiveTask", name, messageRef=f"message_{sheet.message()}"))
        elif kind == "message":
            sheet.add(catch(name, message(sheet.message())))
        else:
            sheet.add(catch(name, timer(kind, sheet.dice.choice(TIMES[kind]))))
        into, out = block(sheet)
        sheet.chain(gateway, name, into)
        sheet.flow(out, meet)
    return gateway, meet


def scope(sheet, block, *, called, ends=end, on_left=None):
    """A block inside a subprocess or a called process, with one or two ends."""
    kind = "callActivity" if called else "subProcess"
    name = sheet.name("scope", kind)
    if called and on_left is None and sheet.plan.shared and sheet.dice.random() < 0.3:
        sheet.add(call(name, sheet.dice.choice(sheet.plan.shared)))
        return name, name
    inner = type(sheet)(sheet.plan, sheet.dice) if called else sheet.inner()
    begin, done = inner.name("begin", "startEvent"), inner.name("done", "endEvent")
    into, out = block(inner)
    inner.add(start(begin), ends(done))
    inner.flow(begin, into)
    if on_left is None:
        inner.flow(out, done)
    else:
        _two_ends(inner, out, done, on_left)
    if called:
        process = f"process_{name}"
        sheet.plan.models[f"{name}.bpmn"] = (process, inner)
        sheet.add(call(name, process))
        if on_left is None:
            sheet.plan.shared.append(process)
    else:
        sheet.names += inner.names
        sheet.add(sub(name, *inner.elements, flows="\n".join(inner.flows)))
    return name, name


def _two_ends(inner, out, done, on_left):
    """Let a person say by which end the scope is left."""
    feature, draw = on_left
    ask, which, other = work(inner)[0], inner.name("which", "exclusiveGateway"), None
    other = inner.name("other", feature)
    if feature == "terminate":
        inner.plan.terminates.add(other)
    inner.add(xor(which), draw(other))
    inner.chain(out, ask, which)
    inner.flow(which, other, f' if {ask}.outcome = "left"')
    inner.flow(which, done, " else")


SECOND_ENDS = {
    "second endEvent": end,
    "terminate": terminate,
    "error end": lambda name: failing(name, "no_luck"),
}


CARRIERS = ("userTask", "receiveTask", "subProcess", "callActivity")
SCOPES = ("subProcess", "callActivity")
MANNERS = ("interrupting", "beside")
EDGES = (
    *product(("timeDuration", "timeDate", "message"), MANNERS, CARRIERS),
    *product(("error",), MANNERS[:1], SCOPES),
)
"""Every kind of event on every kind of activity, by definition, manner and activity."""


def watched(sheet, block):
    """An activity with one to three events on its edge."""
    dice = sheet.dice
    kind = dice.choice(CARRIERS)
    kinds = dice.sample(("timeDuration", "timeDate", "message", "error"), dice.choice((1, 2, 3)))
    events = [
        (event, "interrupting" if event == "error" else dice.choice(MANNERS))
        for event in kinds
        if event != "error" or kind in SCOPES
    ]
    return with_edges(sheet, block, kind, events)


def with_edges(sheet, block, kind, events):
    """An activity of one kind with these events on its edge, each given by kind and manner."""
    if kind == "userTask":
        activity, _ = work(sheet)
    elif kind == "receiveTask":
        activity, _ = receive(sheet)
    else:
        fails = ("error", "interrupting") in events
        left = ("error end", SECOND_ENDS["error end"]) if fails else None
        activity, _ = scope(sheet, block, called=kind == "callActivity", on_left=left)
    meet = sheet.name("meet", "exclusiveGateway")
    sheet.add(xor(meet))
    sheet.flow(activity, meet)
    for event, manner in events:
        _edge(sheet, activity, (event, manner, kind), meet)
    return activity, meet


def _edge(sheet, activity, edge, meet):
    event, manner, kind = edge
    interrupting = manner == "interrupting"
    name = sheet.name("edge", f"boundary {event} {manner} on {kind}")
    if event == "error":
        drawn = ERROR
    elif event == "message":
        drawn = message(sheet.message())
    else:
        drawn = timer(event, sheet.dice.choice(TIMES[event]))
    sheet.add(boundary(name, activity, drawn, interrupting=interrupting))
    into, out = sheet.dice.choice((work, serve, send))(sheet)
    sheet.flow(name, into)
    if interrupting and (sheet.forks or sheet.dice.random() < 0.7):
        sheet.flow(out, meet)
        return
    over = sheet.name("over", "endEvent")
    sheet.add(end(over))
    sheet.flow(out, over)
    if not interrupting:
        sheet.plan.aside |= {name, into, over}
