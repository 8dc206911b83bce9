"""What every contender in Python does alike: lap after lap, until the time is up or it breaks.

It runs in environments that hold nothing of the product, so it imports nothing but the library.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter


def run(lap: Callable[[], object], count: int, seconds: float) -> tuple[list[float], str]:
    """Return the seconds of each lap, and why there are fewer than asked for."""
    laps: list[float] = []
    until = perf_counter() + seconds
    for _lap in range(count):
        began = perf_counter()
        try:
            lap()
        except Exception as failed:  # noqa: BLE001 -- how far a peer gets is what is measured
            return laps, f"{type(failed).__name__}: {str(failed)[:120]}"
        laps.append(perf_counter() - began)
        if perf_counter() > until:
            return laps, f"{seconds:g} seconds were up" if len(laps) < count else ""
    return laps, ""


def asked() -> tuple[str, str, int, float]:
    """Return what the command line asks for: the model, a folder, how many laps, how long."""
    model, folder, count, seconds = sys.argv[1:5]
    return model, folder, int(count), float(seconds)


def tell(laps: list[float], stopped: str, size: int) -> None:
    json.dump({"laps": laps, "stopped": stopped, "bytes": size}, sys.stdout)
