"""What should come of each command, told without any engine: the façade is held against it."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

TIMER_ON = {"explain": "hint", "review": "nudge", "decide": "too_late"}


class Broken(Exception):
    """The model, or a service it calls, is at fault."""


@dataclass
class Story:
    """Where a case must stand, after each command."""

    case_id: UUID
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
            if due[0][1] == "too_late":
                self._close("decide")
                self._open("ask")
            else:
                self.calls.append("remind")
        return fired

    def complete(self, element, outcome, now, *, is_broken):
        self._close(element)
        self.answers += 1
        match element, outcome:
            case "ask", _:
                self._open("explain")
                self.timers["hint"] = now + timedelta(hours=2)
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
        self.timers.pop(TIMER_ON.get(element, ""), None)

    def _end(self, through):
        for element in list(self.open):
            self._close(element)
        self.waits.clear()
        self.arrived = 0
        self.ended = through
