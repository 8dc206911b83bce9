"""A small process with everything a command can meet: the case that the state machine drives."""

from datetime import timedelta

from engine.cases.components import Component
from tests.bpmn import drawing as draw
from tests.cases.world import form, text

STAFF = {"review", "decide"}
WITH_NOTES = {"ask", "explain", "review", "decide"}
"""The pages on which something can be done while they stay open."""
OUTCOMES = {
    "ask": ["next"],
    "explain": ["next"],
    "review": ["decide"],
    "decide": ["approve", "again", "refuse"],
    "receive": ["done", "spin"],
}
"""The first of each leads on."""
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
    draw.boundary("hint", "explain", draw.timer("timeDuration", "PT2H"), interrupting=False),
    draw.service("suggest", "test.remind"),
    draw.end("suggested"),
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
    hint > suggest
    suggest > suggested
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
HIDDEN = {
    "type": "button",
    "id": "button_skip",
    "label": "skip",
    "action": "submit",
    "conditional": {"hide": "=true"},
    "properties": {"outcome": "skip", "label.en": "skip"},
}
"""Nobody sees this button, so nobody may press it."""
FORMS = {
    f"forms/{name}.form": form(
        name,
        *outcomes,
        fields=(*SUBJECT, HIDDEN, *([NOTES] if name in WITH_NOTES else [])),
    )
    for name, outcomes in OUTCOMES.items()
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
