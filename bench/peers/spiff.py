"""SpiffWorkflow with the JSON serializer that it brings; its state is saved to SQLite."""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.util.task import TaskState

from bench import models
from bench.peers import laps
from bench.peers.store import Store


class Peer:
    """Cases of one model; a case lives in the store between two steps, as on a server."""

    def __init__(self, model: str, folder: str) -> None:
        parser = SpiffBpmnParser()
        source = getattr(models, model)(models.PYTHON)
        parser.add_bpmn_str(source.encode())
        self._spec = parser.get_spec(model)
        registry = BpmnWorkflowSerializer.configure(DEFAULT_CONFIG)
        self._serializer = BpmnWorkflowSerializer(registry)
        self._store = Store(folder)
        self._number = 0

    def start(self) -> None:
        self._number += 1
        workflow = BpmnWorkflow(self._spec)
        workflow.do_engine_steps()
        self._save(workflow)

    def complete(self, outcome: str) -> None:
        workflow = self._serializer.deserialize_json(self._store.load(self._number))
        task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)))
        task.data.update({"outcome": outcome, task.task_spec.name: models.FIELDS})
        task.run()
        workflow.do_engine_steps()
        self._save(workflow)

    def case(self) -> None:
        self.start()
        for _step in models.STEPS:
            self.complete("next")

    @property
    def size(self) -> int:
        return len(str(self._store.load(self._number)).encode())

    def _save(self, workflow: Any) -> None:
        self._store.save(self._number, self._serializer.serialize_json(workflow))


def main() -> None:
    model, folder, count, seconds = laps.asked()
    peer = Peer(model, folder)
    if model == "linear":
        taken, stopped = laps.run(peer.case, count, seconds)
        peer.start()
    else:
        peer.start()
        taken, stopped = laps.run(lambda: peer.complete("again"), count, seconds)
    laps.tell(taken, stopped, peer.size)


if __name__ == "__main__":
    main()
