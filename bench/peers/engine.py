"""The product's process engine alone, as a contender: its state is saved to SQLite as well."""

from collections.abc import Mapping
from typing import Any

from bench.models import FIELDS, STEPS, files
from bench.peers import laps
from bench.peers.store import Store
from engine.bpmn import Definition, Process
from engine.clock import SystemClock
from engine.releases import Bundle


class Alone:
    """Cases of one model; no forms, no people, no tables."""

    def __init__(self, model: str, folder: str) -> None:
        self._model = model
        self._definition = Definition.parse(Bundle(files()).models)
        self._surroundings: dict[str, Any] = {"services": _serve, "clock": SystemClock().now}
        self._store = Store(folder)
        self._number = 0

    def start(self) -> None:
        self._number += 1
        self._save(self._definition.start(self._model, **self._surroundings))

    def complete(self, outcome: str) -> None:
        state = self._store.load(self._number)
        process = self._definition.resume(bytes(state), **self._surroundings)  # type: ignore[arg-type]
        task = process.open_tasks()[0].id
        process.complete(task, {"outcome": outcome, **FIELDS})
        self._save(process)

    def case(self) -> None:
        self.start()
        for _step in STEPS:
            self.complete("next")

    @property
    def size(self) -> int:
        return len(self._store.load(self._number))

    def _save(self, process: Process) -> None:
        self._store.save(self._number, process.state())


def _serve(name: str, parameters: Mapping[str, Any], element: str) -> Mapping[str, Any]:
    return {}


def main() -> None:
    model, folder, count, seconds = laps.asked()
    peer = Alone(model, folder)
    if model == "linear":
        taken, stopped = laps.run(peer.case, count, seconds)
        peer.start()
    else:
        peer.start()
        taken, stopped = laps.run(lambda: peer.complete("again"), count, seconds)
    laps.tell(taken, stopped, peer.size)


if __name__ == "__main__":
    main()
