"""A case told again from its audit alone: the inputs go in, everything else has to follow."""

from datetime import datetime

from sqlalchemy import select

from engine.bpmn.state.values import decode
from engine.cases.models import Case, Event


class Replay:
    """Runs the models of a case once more; services answer what is written in the audit."""

    def __init__(self, session, case_id, definition):
        lines = session.scalars(
            select(Event).where(Event.case_id == case_id).order_by(Event.number)
        ).all()
        self.steps = [line for line in lines if line.kind == "step finished"]
        self.results = [line for line in self.steps if line.detail["step"] == "service"]
        self.now = lines[0].at
        self.told = []
        workflow = session.get_one(Case, case_id).workflow
        self.process = definition.start(
            workflow, services=self._answer, clock=lambda: self.now, at=lines[0].detail.get("start")
        )
        self._hear()
        while len(self.told) < len(self.steps):
            self._put_in(self.steps[len(self.told)])

    def _put_in(self, line):
        """Give the process what came from outside at this line; nothing else may come next."""
        detail = line.detail
        self.now = _moment(line)
        if detail["step"] == "user":
            path = tuple(detail.get("path", ()))
            task = next(
                task
                for task in self.process.open_tasks()
                if (task.path, task.element) == (path, line.element)
            )
            values = decode(detail.get("values", {}))
            self.process.complete(task.id, {"outcome": detail["outcome"], **values})
        elif "message" in detail:
            self.process.catch_message(detail["message"], decode(detail["payload"]))
        else:
            assert detail["step"] in {"timer", "gateway"}
            assert self.process.fire_timers()
        self._hear()

    def _hear(self):
        """Hold what happened against the audit, line by line."""
        for step in self.process.take_history():
            line = self.steps[len(self.told)]
            told = (line.element, line.detail["step"], tuple(line.detail.get("path", ())))
            assert (step.element, step.kind, step.path) == told
            assert step.at == _moment(line)
            self.told.append(step)

    def _answer(self, name, params, element):
        line = self.results.pop(0)
        assert (line.element, line.detail["service"]) == (element, name)
        return decode(line.detail["result"])


def _moment(line):
    written = line.detail.get("due")
    return datetime.fromisoformat(written) if written else line.at


def picture(process):
    """Return everything of a process that does not hang on the ids of its tasks."""
    return {
        "open": sorted(
            (task.path, task.element, sorted(map(str, task.data.items())))
            for task in process.open_tasks()
        ),
        "waiting": sorted(
            (wait.path, wait.element, str(wait.due_at), str(wait.message))
            for wait in process.waiting()
        ),
        "data": process.variables,
        "end": (process.is_finished, process.ended_through),
    }
