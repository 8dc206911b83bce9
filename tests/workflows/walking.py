"""Walk the shipped workflows in memory: stub services, a clock that the test moves, and the state
saved and read back after every step, as a case does."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from engine.bpmn import Definition, OpenTask
from engine.clock import MovableClock
from engine.releases.bundle import Bundle

SEASON = timedelta(days=30)
HOLD = timedelta(hours=72)


@cache
def shipped() -> Bundle:
    return Bundle.shipped()


@cache
def definition() -> Definition:
    return Definition.parse(shipped().models)


class Services:
    """Answers every service the diagrams name with the good case, unless a test said otherwise."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._changes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def next_time(self, name: str, **changes: Any) -> None:
        """Let the next call answer differently; several of these are used up in order."""
        self._changes[name].append(changes)

    def called(self, name: str) -> list[dict[str, Any]]:
        return [params for called, params in self.calls if called == name]

    def __call__(self, name: str, params: Mapping[str, Any], element: str) -> Mapping[str, Any]:
        self.calls.append((name, dict(params)))
        usual = USUAL[name]
        answer = {k: self._moment(v) for k, v in usual.items()}
        if self._changes[name]:
            answer |= self._changes[name].pop(0)
        return answer

    def _moment(self, value: Any) -> Any:
        return self._clock.now() + value if isinstance(value, timedelta) else value


USUAL: Mapping[str, Mapping[str, Any]] = {
    "declaration.open": {"closes_at": SEASON},
    "people.send_code": {
        "challenge_id": "c-1",
        "expires_at": timedelta(minutes=5),
        "sent": True,
        "reason": None,
    },
    "people.check_code": {"right": True, "tries_left": 5, "dead": False},
    "declaration.load_scores": {"records": 14, "offered": 0},
    "declaration.consolidate": {"added": 5, "refused": False, "reason": None},
    "declaration.find_duplicates": {"open": 0},
    "declaration.reserve_seat": {"reserved": True, "held_until": HOLD, "reason": None},
    "declaration.release_hold": {"released": True},
    "declaration.match_courses": {"stale": True},
    "declaration.submit_certificates": {
        "count": 1,
        "remind_at": timedelta(hours=20),
        "due_at": timedelta(hours=24),
    },
    "declaration.recall_certificates": {"recalled": 1},
    "declaration.remind_reviewers": {"notified": 2},
    "declaration.escalate_review": {"notified": 1},
    "declaration.apply_decisions": {"approved": 1, "refused": 0},
    "declaration.check_graduation": {"met": True, "unmet": 0, "stale": False},
    "declaration.submit": {"accepted": True, "reason": None},
    "declaration.withdraw": {"done": True},
    "declaration.expire": {"done": True},
    "declaration.reissue_documents": {"issued": 5},
    "declaration.finish": {"done": True},
    "declaration.refuse": {"done": True},
    "declaration.correct_identity": {"changed": True},
    "sms.send": {"sent": True},
    "payments.find_paid": {"paid": False},
    "payments.create_order": {
        "order_id": "o-1",
        "number": "20260302-1",
        "expires_at": timedelta(minutes=30),
    },
    "payments.read_order": {"state": "open", "settled": False},
    "payments.request_close": {"requested": True},
}


class Walk:
    """One case. What is open is named by element; a step answers one of them."""

    def __init__(
        self,
        clock: MovableClock,
        process_id: str = "graduation_declaration",
        services: Services | None = None,
    ) -> None:
        self.clock = clock
        self.services = services or Services(clock)
        process = definition().start(process_id, services=self.services, clock=clock.now)
        self._after(process)

    @property
    def open(self) -> list[str]:
        return sorted(task.element for task in self.tasks)

    def task(self, element: str) -> OpenTask:
        return next(task for task in self.tasks if task.element == element)

    def due(self, element: str) -> datetime | None:
        """Return when a waiting event is due."""
        return next(found.due_at for found in self.waiting if found.element == element)

    def answer(self, element: str, outcome: str, **routed: Any) -> "Walk":
        """Complete an open task, as a command does: what is due fires first."""
        with self._command() as process:
            process.fire_timers()
            task = next(task for task in process.open_tasks() if task.element == element)
            process.complete(task.id, {"outcome": outcome, **routed})
        return self

    def wait(self, **time: float) -> "Walk":
        self.clock.advance(**time)
        with self._command() as process:
            process.fire_timers()
        return self

    def hear(self, message: str) -> int:
        with self._command() as process:
            return process.catch_message(message)

    def to(self, element: str) -> "Walk":
        """Walk the straight way until this task is open."""
        while element not in self.open:
            (here,) = (step for step in STRAIGHT if step[0] in self.open)
            self.answer(here[0], here[1], **here[2])
        return self

    @contextmanager
    def _command(self) -> Iterator[Any]:
        process = definition().resume(self._state, services=self.services, clock=self.clock.now)
        yield process
        self._after(process)

    def _after(self, process: Any) -> None:
        self.tasks = process.open_tasks()
        self.waiting = process.waiting()
        self.ended_through = process.ended_through
        self.variables = process.variables
        self._state = process.state()


STRAIGHT: list[tuple[str, str, dict[str, Any]]] = [
    ("request_code", "send", {}),
    ("enter_code", "submit", {}),
    ("consolidate_scores", "next", {}),
    ("apply", "next", {"batch": "b-1"}),
    ("review_scores", "next", {}),
    ("confirm_transcript", "confirm", {}),
    ("fill_information", "next", {}),
    ("choose_delivery", "next", {"method": "pick_up", "province": None}),
]
