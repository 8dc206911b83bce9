"""A small process with everything a command can meet, and what should come of it, told without any
engine: the expectation that the façade is held against."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.cases.components import Component
from tests.bpmn import drawing as draw
from tests.cases.world import form, text

STAFF = {"review", "decide"}
OUTCOMES = {
    "ask": {"next"},
    "explain": {"next"},
    "review": {"decide"},
    "decide": {"approve", "again", "refuse"},
    "receive": {"done", "spin"},
}
CLAIM = timedelta(minutes=30)
ROUNDS = 400
"""So many turns are more steps than one command may take."""

HANDLING = draw.sub(
    "handling",
    draw.start("handling_begin"),
    draw.xor("merge_ask"),
    draw.user("ask"),
    draw.parallel("fork"),
    draw.user("explain"),
    draw.catch("paid", draw.message("paid")),
    draw.catch("sent", draw.message("sent")),
    draw.parallel("both"),
    draw.service("count"),
    draw.user("review"),
    draw.boundary("nudge", "review", draw.timer("timeDuration", "PT4H"), interrupting=False),
    draw.service("remind"),
    draw.end("reminded"),
    draw.user("decide", not_same_person_as="review"),
    draw.boundary("too_late", "decide", draw.timer("timeDuration", "PT6H")),
    draw.xor("which"),
    draw.user("receive"),
    draw.xor("is_spinning"),
    draw.xor("merge_turn"),
    draw.service("turn", before="turn.n"),
    draw.xor("has_turned"),
    draw.xor("merge_received"),
    draw.end("received"),
    draw.end("declined"),
    flows=f"""
    handling_begin > merge_ask
    merge_ask > ask
    ask > fork
    fork > explain
    fork > paid
    paid > sent
    explain > both
    sent > both
    both > count
    count > review
    nudge > remind
    remind > reminded
    review > decide
    too_late > merge_ask
    decide > which
    which > receive if decide.outcome = "approve"
    which > merge_ask if decide.outcome = "again"
    which > declined else
    receive > is_spinning
    is_spinning > merge_turn if receive.outcome = "spin"
    is_spinning > merge_received else
    merge_turn > turn
    turn > has_turned
    has_turned > merge_received if turn.n > {ROUNDS}
    has_turned > merge_turn else
    merge_received > received
    """,
)
PROCESS = draw.model(
    "request",
    draw.start(),
    HANDLING,
    draw.boundary("withdraw", "handling", draw.message("withdraw"), offer="candidate"),
    draw.service("undo"),
    draw.end("withdrawn"),
    draw.end(),
    flows="begin > handling\nhandling > done\nwithdraw > undo\nundo > withdrawn",
    lanes={
        "candidate": "begin ask explain receive done",
        "certificate_reviewer": "review decide",
    },
    messages=["paid", "sent", "withdraw"],
)
NOTES = {"type": "notes", "id": "field_notes", "key": "notes"}
SUBJECT = (text("subject"), text("code", required=False, secret=True))
FORMS = {
    "forms/ask.form": form("ask", "next", fields=(*SUBJECT, NOTES)),
    **{
        f"forms/{name}.form": form(name, *sorted(outcomes), fields=SUBJECT)
        for name, outcomes in OUTCOMES.items()
        if name != "ask"
    },
}


class Notes(Component):
    """An action that leaves the work item open."""

    type = "notes"
    actions = frozenset({"note"})

    def __init__(self, calls):
        self.calls = calls

    def bind_action(self, action, submitted, facts):
        return None

    def act(self, work, action, value):
        self.calls.append("note")


class Broken(Exception):
    """The model, or a service it calls, is at fault."""


@dataclass
class Story:
    """Where a case must stand, after each command."""

    visits: dict[str, int] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)
    claims: dict[str, tuple] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    waits: set[str] = field(default_factory=set)
    inbox: list[str] = field(default_factory=list)
    arrived: int = 0
    calls: list[str] = field(default_factory=list)
    reviewers: set = field(default_factory=set)
    answers: int = 0
    drafts: dict[tuple, str] = field(default_factory=dict)
    ended: str | None = None

    def copy(self):
        return deepcopy(self)

    def begin(self):
        self.waits.add("withdraw")
        self._open("ask")

    def pass_time(self, now):
        """Let happen what is due, the oldest first; return how much that was."""
        fired = 0
        while due := sorted((at, name) for name, at in self.timers.items() if at <= now):
            fired += 1
            del self.timers[due[0][1]]
            if due[0][1] == "nudge":
                self.calls.append("remind")
            else:
                self._close("decide")
                self._open("ask")
        return fired

    def complete(self, element, outcome, now, *, is_broken):
        self._close(element)
        self.answers += 1
        match element, outcome:
            case "ask", _:
                self._open("explain")
                self.waits.add("paid")
            case "explain", _:
                self._arrive(now, is_broken=is_broken)
            case "review", _:
                self._open("decide")
                self.timers["too_late"] = now + timedelta(hours=6)
            case "decide", "approve":
                self._open("receive")
            case "decide", "again":
                self._open("ask")
            case "receive", "spin":
                raise Broken
            case _:
                self._end("done")

    def message(self, name, now, *, is_broken):
        """Return whether somebody waited for it."""
        if name not in self.waits:
            return False
        self.waits.discard(name)
        if name == "paid":
            self.waits.add("sent")
        elif name == "sent":
            self._arrive(now, is_broken=is_broken)
        else:
            self.calls.append("undo")
            self._end("withdrawn")
        return True

    def catch_early(self, now, *, is_broken):
        while caught := next((name for name in self.inbox if name in self.waits), None):
            self.inbox.remove(caught)
            self.message(caught, now, is_broken=is_broken)

    def _arrive(self, now, *, is_broken):
        self.arrived += 1
        if self.arrived == 2:
            self.arrived = 0
            if is_broken:
                raise Broken
            self.calls.append("count")
            self._open("review")
            self.timers["nudge"] = now + timedelta(hours=4)

    def _open(self, element):
        self.open.add(element)
        self.visits[element] = self.visits.get(element, 0) + 1
        self.versions[element] = 0

    def _close(self, element):
        self.open.discard(element)
        self.claims.pop(element, None)
        self.timers.pop({"review": "nudge", "decide": "too_late"}.get(element, ""), None)

    def _end(self, through):
        for element in list(self.open):
            self._close(element)
        self.waits.clear()
        self.arrived = 0
        self.ended = through
