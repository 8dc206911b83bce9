"""What no engine may get wrong, told from the finished steps alone: joins and written values."""

from collections import defaultdict

Path = tuple[str, ...]


class Ledger:
    """Reads the history of one walk as it grows."""

    def __init__(self, plan) -> None:
        self.plan = plan
        self.read = 0
        self.used: dict[str, int] = defaultdict(int)
        self._passed: dict[tuple[Path, str], list[str]] = {}
        self._rounds: dict[tuple[Path, str], int] = defaultdict(int)
        self._since: dict[tuple[Path, str], set[str]] = defaultdict(set)
        self._written: dict[Path, dict[str, object]] = defaultdict(dict)
        self._seen: set[tuple[Path, str]] = set()
        self._unknown: set[str] = set()
        self._aside: dict[str, list[object]] = defaultdict(list)

    def follow(self, world) -> None:
        """Read the new steps, then look at what is open behind every join that was passed."""
        for step in world.history[self.read :]:
            self._count(step)
            self._follow_joins(step)
            self._follow_values(step)
        self.read = len(world.history)
        self._nothing_is_open_behind_a_join(world)

    def gone_at_the_end(self, data) -> list[str]:
        """Return the elements whose last value is not in the data of the end.

        A terminate end drops what stood beside it. Two reminders on their way at the same time
        write the same name at once: then either value may stay.
        """
        return [
            name
            for name, value in self._written[()].items()
            if name not in self._unknown and data.get(name) not in self._allowed(name, value)
        ]

    def _allowed(self, name, value):
        return self._aside[name] if name in self.plan.aside else [value]

    def _count(self, step) -> None:
        feature = self.plan.features.get(step.element)
        if feature:
            self.used[feature] += 1

    def _follow_joins(self, step) -> None:
        for join, shape in self.plan.joins.items():
            key = (step.path, join)
            if step.element == shape.fork:
                assert self._passed.get(key) != "open", f"{shape.fork} ran into its own branches"
                self._passed[key], self._since[key] = "open", set()
            elif step.element == join:
                missing = set(filter(None, shape.last)) - self._since[key]
                assert not missing, f"{join} was passed before {sorted(missing)}"
                assert self._passed.get(key) == "open", f"{join} was passed twice"
                self._passed[key] = "closed"
                self._rounds[key] += 1
                self.used["parallel join, a later round"] += self._rounds[key] > 1
            else:
                self._since[key].add(step.element)

    def _nothing_is_open_behind_a_join(self, world) -> None:
        found = [*world.process.open_tasks(), *world.process.waiting()]
        for (path, join), state in self._passed.items():
            shape = self.plan.joins[join]
            for item in found if state == "closed" else ():
                within = item.path[: len(path)] == path
                around = {*item.path[len(path) :], item.element} - self.plan.aside
                late = within and any(around & branch for branch in shape.inside)
                assert not late or self.plan.aside & {item.element, *item.path}, (
                    f"{item.element} is open though {join} was passed"
                )

    def _follow_values(self, step) -> None:
        written = self._written[step.path]
        self._seen.add((step.path, step.element))
        if step.kind == "start":
            self._begin_again(step.path)
        elif step.kind == "user":
            values = step.detail.get("values", {})
            written[step.element] = {"outcome": step.detail["outcome"], **values}
        elif step.kind in {"service", "decision"}:
            written[step.element] = step.detail["result"]
        elif step.kind == "message":
            written[step.element] = step.detail["payload"]
        elif "payload" in step.detail:
            written[step.detail["taken"][0]] = step.detail["payload"]
        elif step.kind in {"call", "subprocess"}:
            inner = self._written.pop((*step.path, step.element), {})
            written |= inner if step.kind == "subprocess" else {}
            written[step.element] = {"outcome": step.detail["outcome"]}
        if step.element in self.plan.aside and step.element in written:
            self._aside[step.element].append(written[step.element])
        if step.element in self.plan.terminates:
            self._unknown |= {name for path, name in self._seen if _is_below(path, step.path)}

    def _begin_again(self, path) -> None:
        """What an interrupted scope wrote is gone, and its joins begin anew."""
        for key in [key for key in self._written if _is_below(key, path)]:
            del self._written[key]
        for key in [key for key in self._passed if _is_below(key[0], path)]:
            del self._passed[key]


def _is_below(path, other) -> bool:
    return path[: len(other)] == other
