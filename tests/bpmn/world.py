"""A process under test: a clock that can be moved, services that remember their calls."""

from datetime import UTC, datetime, timedelta

from engine.bpmn import Definition

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class World:
    """Drives one process; with `saves`, every command is followed by a restart on other specs."""

    def __init__(self, models, process, variables=None, *, answers=None, saves=False):
        self.models, self.saves = models, saves
        self.now = MORNING
        self.answers = answers or {}
        self.calls = []
        self.history = []
        self.process = None
        definition = Definition.parse(models)
        self.process = definition.start(process, variables or {}, **self.surroundings)
        self._after()

    @property
    def surroundings(self):
        return {"services": self.serve, "clock": lambda: self.now}

    def serve(self, name, params, element):
        at = self.process.now if self.process else self.now
        self.calls.append((element, name, dict(params), at))
        answer = self.answers.get(name, {"done": True})
        return answer(self, params) if callable(answer) else answer

    def open(self):
        return sorted(task.element for task in self.process.open_tasks())

    def task(self, element):
        return next(task for task in self.process.open_tasks() if task.element == element)

    def complete(self, element, outcome=None, **values):
        self.process.complete(self.task(element).id, {"outcome": outcome, **values})
        self._after()

    def message(self, name, payload=None):
        caught = self.process.catch_message(name, payload or {})
        self._after()
        return caught

    def advance(self, **by):
        self.now += timedelta(**by)
        fired = self.process.fire_timers()
        self._after()
        return fired

    def called(self):
        return [element for element, *_ in self.calls]

    def restart(self):
        """Continue from the bytes, on specs that nobody has used before."""
        state = self.process.state()
        self.process = Definition.parse(self.models).resume(state, **self.surroundings)

    def snapshot(self):
        tasks = self.process.open_tasks()
        waits = self.process.waiting()
        return {
            "open": sorted((t.path, t.element, sorted(map(str, t.data.items()))) for t in tasks),
            "waiting": sorted((w.path, w.element, str(w.due_at), str(w.message)) for w in waits),
            "end": (self.process.is_finished, self.process.ended_through),
            "data": sorted(map(str, self.process.variables.items())),
            "history": [(s.path, s.element, s.kind, s.at, str(s.detail)) for s in self.history],
            "calls": list(self.calls),
        }

    def _after(self):
        self.history += self.process.take_history()
        if self.saves:
            self.restart()
