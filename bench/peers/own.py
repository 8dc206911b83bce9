"""The product as a contender: through the whole façade, on a SQLite of its own."""

from collections.abc import Callable
from itertools import repeat
from pathlib import Path

from bench.models import STEPS
from bench.peers import laps
from bench.world import World, opened


def main() -> None:
    model, folder, count, seconds = laps.asked()
    with opened(f"sqlite:///{folder}/own.db", Path(folder)) as world:
        lap = _case(world) if model == "linear" else _round(world)
        taken, stopped = laps.run(lap, count, seconds)
        item = world.start(model)
        laps.tell(taken, stopped, len(world.state_of(item)))


def _case(world: World) -> Callable[[], object]:
    return lambda: world.walk(repeat("next", len(STEPS)), world.start("linear"))


def _round(world: World) -> Callable[[], object]:
    at = [world.start("loop")]

    def lap() -> None:
        at[0] = world.post(at[0], "again").next_work_item_id or at[0]

    return lap


if __name__ == "__main__":
    main()
