"""Round 2,000 of a case beside round 1 of another, in turns, through the façade."""

from collections.abc import Iterator

from bench.report import Line
from bench.timing import ratio, taking_turns
from bench.world import World, on_sqlite

SUBJECT = "Round 2,000 beside round 1"
MOST = 1.1


def measure(rounds: int = 2_000, laps: int = 120) -> Iterator[Line]:
    """Yield the lines of this subject: one case has gone `rounds` times round already."""
    with on_sqlite() as world:
        old, young = Turning(world), Turning(world)
        for _round in range(rounds):
            old.once_more()
        watches = taking_turns({"old": old.once_more, "young": young.once_more}, laps)
        what = f"round {rounds:,} ÷ round 1, façade, SQLite"
        yield Line(SUBJECT, what, ratio(watches["old"], watches["young"]), most=MOST)
        for name, case in (("old", old), ("young", young)):
            yield Line(SUBJECT, f"bytes of stored state, {name} case", case.size, "B")


class Turning:
    """A case that goes round and round."""

    def __init__(self, world: World) -> None:
        self._world, self._item = world, world.start("loop")

    def once_more(self) -> None:
        self._item = self._world.post(self._item, "again").next_work_item_id or self._item

    @property
    def size(self) -> int:
        return len(self._world.state_of(self._item))
