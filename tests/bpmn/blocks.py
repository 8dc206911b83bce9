"""Random well-formed processes with a meaning of their own, told without any engine.

A block can be drawn (`draw`) and can be played (`begin`): the player is the expectation that the
engine is held against.
"""

from dataclasses import dataclass, field
from itertools import count, pairwise

from tests.bpmn.drawing import (
    boundary,
    call,
    end,
    model,
    parallel,
    service,
    start,
    sub,
    timer,
    user,
    xor,
)


@dataclass
class Sheet:
    """The elements and flows of one scope while it is drawn."""

    numbers: count
    others: dict[str, bytes]
    elements: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def name(self, kind):
        return f"{kind}_{next(self.numbers)}"

    def add(self, drawn):
        self.elements.append(drawn)

    def flow(self, source, target, condition=""):
        self.flows.append(f"{source} > {target}{condition}")

    def inner(self):
        return Sheet(self.numbers, self.others)


class Work:
    """One user task, perhaps with a reminder that fires once while it is open."""

    def __init__(self, sheet_numbers, *, reminded):
        self.name = f"work_{next(sheet_numbers)}"
        self.reminded = reminded

    def draw(self, sheet):
        sheet.add(user(self.name))
        if self.reminded:
            nudge, note, over = (f"{kind}_{self.name}" for kind in ("nudge", "note", "over"))
            late = timer("timeDuration", "PT1H")
            sheet.add(boundary(nudge, self.name, late, interrupting=False))
            sheet.add(service(note) + end(over))
            sheet.flow(nudge, note)
            sheet.flow(note, over)
        return self.name, self.name

    def begin(self):
        return _Working(self)


class _Working:
    def __init__(self, block):
        self.block, self.fired, self.done = block, False, False

    def open(self):
        return [] if self.done else [self.block.name]

    def complete(self, name, outcome):
        self.done = True

    def nudge(self):
        if self.done or self.fired or not self.block.reminded:
            return 0
        self.fired = True
        return 1


class Line:
    """One block after the other."""

    def __init__(self, *blocks):
        self.blocks = blocks

    def draw(self, sheet):
        drawn = [block.draw(sheet) for block in self.blocks]
        for (_, source), (target, _) in pairwise(drawn):
            sheet.flow(source, target)
        return drawn[0][0], drawn[-1][1]

    def begin(self):
        return _Lining(self.blocks)


class _Lining:
    def __init__(self, blocks):
        self.left = list(blocks)
        self.now = self.left.pop(0).begin()

    @property
    def done(self):
        return self.now.done and not self.left

    def open(self):
        return self.now.open()

    def complete(self, name, outcome):
        self.now.complete(name, outcome)
        if self.now.done and self.left:
            self.now = self.left.pop(0).begin()

    def nudge(self):
        return self.now.nudge()


class Choice:
    """A task whose outcome decides between two blocks."""

    def __init__(self, ask, left, right):
        self.ask, self.left, self.right = ask, left, right

    def draw(self, sheet):
        split, meet = sheet.name("choice"), sheet.name("meet")
        sheet.add(xor(split) + xor(meet))
        first, last = self.ask.draw(sheet)
        sheet.flow(last, split)
        for block, condition in (
            (self.left, f' if {self.ask.name}.outcome = "left"'),
            (self.right, " else"),
        ):
            into, out = block.draw(sheet)
            sheet.flow(split, into, condition)
            sheet.flow(out, meet)
        return first, meet

    def begin(self):
        return _Choosing(self)


class _Choosing:
    def __init__(self, block):
        self.block, self.now, self.chosen = block, block.ask.begin(), False

    @property
    def done(self):
        return self.chosen and self.now.done

    def open(self):
        return self.now.open()

    def complete(self, name, outcome):
        self.now.complete(name, outcome)
        if not self.chosen:
            self.chosen = True
            way = self.block.left if outcome == "left" else self.block.right
            self.now = way.begin()

    def nudge(self):
        return self.now.nudge()


class Again:
    """A block, then a task that says whether it is enough."""

    def __init__(self, body, ask):
        self.body, self.ask = body, ask

    def draw(self, sheet):
        again, enough = sheet.name("again"), sheet.name("enough")
        out = sheet.name("out")
        sheet.add(xor(again) + xor(enough) + xor(out))
        first, last = self.body.draw(sheet)
        asked, _ = self.ask.draw(sheet)
        sheet.flow(again, first)
        sheet.flow(last, asked)
        sheet.flow(asked, enough)
        sheet.flow(enough, again, f' if {self.ask.name}.outcome = "left"')
        sheet.flow(enough, out, " else")
        return again, out

    def begin(self):
        return _Repeating(self)


class _Repeating:
    def __init__(self, block):
        self.block, self.done = block, False
        self.now = Line(block.body, block.ask).begin()

    def open(self):
        return [] if self.done else self.now.open()

    def complete(self, name, outcome):
        self.now.complete(name, outcome)
        if self.now.done:
            self.done = outcome != "left"
            self.now = Line(self.block.body, self.block.ask).begin()

    def nudge(self):
        return 0 if self.done else self.now.nudge()


class Both:
    """Several blocks at once; the join waits for all."""

    def __init__(self, *blocks):
        self.blocks = blocks

    def draw(self, sheet):
        fork, join = sheet.name("fork"), sheet.name("join")
        sheet.add(parallel(fork) + parallel(join))
        for block in self.blocks:
            first, last = block.draw(sheet)
            sheet.flow(fork, first)
            sheet.flow(last, join)
        return fork, join

    def begin(self):
        return _Together([block.begin() for block in self.blocks])


class _Together:
    def __init__(self, players):
        self.players = players

    @property
    def done(self):
        return all(player.done for player in self.players)

    def open(self):
        return [name for player in self.players for name in player.open()]

    def complete(self, name, outcome):
        next(player for player in self.players if name in player.open()).complete(name, outcome)

    def nudge(self):
        return sum(player.nudge() for player in self.players)


class Inside:
    """A block in an embedded subprocess or in a called process."""

    def __init__(self, body, *, called):
        self.body, self.called = body, called

    def draw(self, sheet):
        name = sheet.name("scope")
        inner = sheet.inner()
        first, last = self.body.draw(inner)
        inner.flow(f"begin_{name}", first)
        inner.flow(last, f"done_{name}")
        drawn = (start(f"begin_{name}"), *inner.elements, end(f"done_{name}"))
        flows = "\n".join(inner.flows)
        if self.called:
            sheet.others[f"{name}.bpmn"] = model(f"process_{name}", *drawn, flows=flows)
            sheet.add(call(name, f"process_{name}"))
        else:
            sheet.add(sub(name, *drawn, flows=flows))
        return name, name

    def begin(self):
        return self.body.begin()


def random_block(random, numbers, depth):
    """Return a block of at most this depth."""

    def inner():
        return random_block(random, numbers, depth - 1)

    def work():
        return Work(numbers, reminded=random.random() < 0.3)

    kinds = (
        [work]
        if depth == 0
        else [
            work,
            lambda: Line(inner(), inner()),
            lambda: Choice(work(), inner(), inner()),
            lambda: Again(inner(), work()),
            lambda: Both(inner(), inner()),
            lambda: Both(inner(), inner(), inner()),
            lambda: Inside(inner(), called=False),
            lambda: Inside(inner(), called=True),
        ]
    )
    return random.choice(kinds)()


def drawn(block, numbers):
    """Return the models of a whole process made of one block."""
    sheet = Sheet(numbers, {})
    first, last = block.draw(sheet)
    sheet.flow("begin", first)
    sheet.flow(last, "done")
    content = model("whole", start(), *sheet.elements, end(), flows="\n".join(sheet.flows))
    return {"whole.bpmn": content, **sheet.others}


def visible(block):
    """Return the tasks whose data is still there at the end: those in no called process."""
    if isinstance(block, Work):
        return {block.name}
    if isinstance(block, Inside) and block.called:
        return set()
    parts = [part for value in vars(block).values() for part in _parts(value)]
    return {name for part in parts for name in visible(part)}


def _parts(value):
    if isinstance(value, tuple):
        return value
    return [value] if hasattr(value, "draw") else []
