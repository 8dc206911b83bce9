"""Take turns, take medians: whatever disturbs one contender disturbs the others as well."""

import gc
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass
class Stopwatch:
    """The seconds that one contender took, lap by lap."""

    laps: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.laps)

    @property
    def least(self) -> float:
        return min(self.laps)


def taking_turns(
    contenders: Mapping[str, Callable[[], object]], rounds: int, *, warm: int = 1
) -> dict[str, Stopwatch]:
    """Call every contender once a round, the first one of a round being another each time."""
    names = list(contenders)
    watches = {name: Stopwatch() for name in names}
    for number in range(-warm, rounds):
        for turn in range(len(names)):
            name = names[(turn + number) % len(names)]
            seconds = seconds_of(contenders[name])
            if number >= 0:
                watches[name].laps.append(seconds)
    return watches


def seconds_of(work: Callable[[], object]) -> float:
    """Time one call; the collector of rubbish does not run in it, as it would at random."""
    gc.collect()
    gc.disable()
    try:
        began = perf_counter()
        work()
        return perf_counter() - began
    finally:
        gc.enable()


def ratio(first: Stopwatch, second: Stopwatch) -> float:
    """How much longer the first took than the second: the median over the rounds they shared."""
    return median(a / b for a, b in zip(first.laps, second.laps, strict=True))


def machine() -> dict[str, str]:
    """Describe what the numbers were taken on."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": str(_count("/proc/cpuinfo", "processor")),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def _lines(file: str, key: str) -> list[str]:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition(":")[2].strip() for line in lines if line.startswith(key)]


def _first(file: str, key: str) -> str:
    return next(iter(_lines(file, key)), "")


def _count(file: str, key: str) -> int:
    return len(_lines(file, key))
