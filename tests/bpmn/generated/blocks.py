"""Random processes over everything that is supported: blocks, and blocks of blocks."""

from random import Random

from tests.bpmn.drawing import end, parallel, service, start, xor
from tests.bpmn.generated.plans import Branches, Plan, Sheet
from tests.bpmn.generated.steps import (
    EDGES,
    SECOND_ENDS,
    first_event,
    scope,
    step,
    watched,
    with_edges,
    work,
)

DEPTHS = (1, 2, 2, 3, 3)


def random_plan(seed: int) -> Plan:
    """Return a process that is never the same for two seeds, and always for one.

    Each has, by turns, one of the many kinds of events on an activity; the rest is chance.
    """
    dice = Random(f"process {seed}")  # noqa: S311 -- a repeatable shape, not a secret
    plan = Plan()
    sheet = Sheet(plan, dice)
    begin, done = sheet.name("begin", "startEvent"), sheet.name("done", "endEvent")
    into, middle = block(sheet, dice.choice(DEPTHS))
    event, manner, kind = EDGES[seed % len(EDGES)]
    watch, out = with_edges(sheet, lambda inner: block(inner, 1), kind, [(event, manner)])
    sheet.flow(middle, watch)
    sheet.add(start(begin), end(done))
    plan.starts.append(begin)
    sheet.flow(out, done)
    if dice.random() < 0.3:
        _second_start(sheet, begin, into)
    else:
        sheet.flow(begin, into)
    plan.models["whole.bpmn"] = ("whole", sheet)
    for file, drawn in plan.models.items():
        if isinstance(drawn, tuple):
            name, page = drawn
            plan.models[file] = page.as_process(name)
    return plan


def _second_start(sheet, begin, into):
    second, meet = sheet.name("second", "second startEvent"), sheet.name("meet")
    ask, _ = work(sheet)
    sheet.plan.starts.append(second)
    sheet.add(start(second), xor(meet))
    sheet.chain(begin, meet, into)
    sheet.chain(second, ask, meet)


def block(sheet, depth):
    """Draw a block of at most this depth; return its first and its last element."""
    if depth == 0:
        return step(sheet)
    return sheet.dice.choice(BLOCKS)(sheet, lambda inner: block(inner, depth - 1))


def line(sheet, inner):
    drawn = [inner(sheet) for _ in range(2)]
    sheet.flow(drawn[0][1], drawn[1][0])
    return drawn[0][0], drawn[1][1]


def choice(sheet, inner):
    """Two ways, by what a person or a service said."""
    which, meet = sheet.name("which", "exclusiveGateway"), sheet.name("meet", "exclusiveGateway")
    if sheet.dice.random() < 0.7:
        ask, _ = work(sheet)
        condition = f' if {ask}.outcome = "left"'
    else:
        ask = sheet.name("measure", "serviceTask")
        sheet.plan.services.append(f"test.{ask}")
        sheet.add(service(ask, hours="1 + 1"))
        condition = f" if {ask}.number > 50"
    sheet.add(xor(which), xor(meet))
    sheet.flow(ask, which)
    for rest in (condition, " else"):
        into, out = inner(sheet)
        sheet.flow(which, into, rest)
        sheet.flow(out, meet)
    return ask, meet


def again(sheet, inner):
    """A block as often as a person wants it."""
    back, enough = sheet.name("again", "exclusiveGateway"), sheet.name("enough", "exclusiveGateway")
    out = sheet.name("out", "exclusiveGateway")
    into, last = inner(sheet)
    ask, _ = work(sheet)
    sheet.add(xor(back), xor(enough), xor(out))
    sheet.chain(back, into)
    sheet.chain(last, ask, enough)
    sheet.flow(enough, back, f' if {ask}.outcome = "left"')
    sheet.flow(enough, out, " else")
    return back, out


def both_again(sheet, inner):
    """Two branches and their join inside a loop: the library's own joins fail here."""
    return again(sheet, lambda inside: both(inside, inner))


def both(sheet, inner):
    """Several branches at once and a join; one of them may be a plain flow."""
    fork, join = sheet.name("fork", "parallel fork"), sheet.name("join", "parallel join")
    sheet.add(parallel(fork), parallel(join))
    inside, last = [], []
    sheet.forks += 1
    for _ in range(sheet.dice.choice((2, 2, 3))):
        before = len(sheet.names)
        into, out = inner(sheet)
        sheet.flow(fork, into)
        sheet.flow(out, join)
        inside.append(frozenset(sheet.names[before:]))
        last.append(out)
    sheet.forks -= 1
    if sheet.dice.random() < 0.2:
        sheet.flow(fork, join)
    sheet.plan.joins[join] = Branches(fork, join, tuple(inside), tuple(last))
    return fork, join


def apart(sheet, inner):
    """Branches without a join, each to its own end; one of them may end the others."""

    def branches(inside):
        fork = inside.name("fork", "parallel fork")
        inside.add(parallel(fork))
        ways = [inner(inside) for _ in range(2)]
        for into, _ in ways:
            inside.flow(fork, into)
        over = inside.name("over", "endEvent")
        inside.add(end(over))
        inside.flow(ways[0][1], over)
        return fork, ways[1][1]

    feature = sheet.dice.choice(("terminate", "second endEvent"))
    called = sheet.dice.random() < 0.5
    return scope(sheet, branches, called=called, on_left=(feature, SECOND_ENDS[feature]))


def embedded(sheet, inner):
    return scope(sheet, inner, called=False)


def called(sheet, inner):
    return scope(sheet, inner, called=True)


BLOCKS = (
    line,
    line,
    choice,
    again,
    both,
    both_again,
    apart,
    embedded,
    called,
    first_event,
    watched,
    watched,
)
