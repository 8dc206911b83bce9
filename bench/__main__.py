"""`make bench`: measure everything in one run, print it, and keep it in `bench/results/`."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import crowd, declaration, flatness, idle, linear, over_http, peer_lines, queue
from bench.postgres import is_installed
from bench.report import Line, table
from bench.timing import machine
from engine.clock import SystemClock

RESULTS = Path(__file__).parent / "results"
Subject = Callable[[], Iterator[Line]]


def subjects() -> dict[str, Subject]:
    """Every subject at full size, in the order in which they are measured."""
    has_server = is_installed()
    return {
        "linear": lambda: linear.measure(postgresql=has_server),
        "flatness": flatness.measure,
        "peers": peer_lines.measure,
        "http": over_http.measure,
        "declaration": declaration.measure,
        "queue": queue.measure,
        "idle": idle.measure,
        "crowd": lambda: crowd.measure(postgresql=has_server),
    }


def main() -> None:
    chosen = _arguments()
    lines: list[Line] = []
    for key, value in machine().items():
        print(f"{key}: {value}")
    for name, measure in subjects().items():
        if chosen.only and name not in chosen.only:
            continue
        measured = list(measure())
        print(table(measured), flush=True)
        lines += measured
    missed = [line for line in lines if line.verdict == "missed"]
    print(f"\n{len(missed)} targets missed.")
    if not chosen.only:
        _keep(lines)


def _keep(lines: list[Line]) -> None:
    """Write the run down with its date and its machine."""
    now = SystemClock().now()
    content = {
        "measured_at": now.isoformat(timespec="seconds"),
        "machine": machine(),
        "lines": [line.plain() for line in lines],
    }
    file = RESULTS / f"{now:%Y-%m-%d-%H%M}.json"
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    file.write_text(f"{text}\n", encoding="utf-8")
    print(f"kept in {file}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "only", nargs="*", help="Subjects to measure; what is measured in part is not kept."
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
