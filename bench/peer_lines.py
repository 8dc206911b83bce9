"""The product beside its peers: the same eight tasks, and the same loop for as long as they can."""

from collections.abc import Iterator, Mapping
from statistics import median

from bench.contenders import ENGINE, FACADE, SPIFF, VIEWFLOW, Result, commands, run
from bench.report import Line

LINEAR, LOOP = "Peers: eight tasks and a gateway", "Peers: a loop"
ROUNDS = (1, 100, 300, 2_000)
FASTER_THAN_VIEWFLOW = 1.5
FASTER_THAN_LIBRARY = 8.0
AT = 100

Turns = Mapping[str, list[Result]]


def measure(
    turns: int = 3, *, cases: int = 30, rounds: tuple[int, ...] = ROUNDS, seconds: float = 90
) -> Iterator[Line]:
    """Yield the lines of this subject; the contenders take turns."""
    found = commands()
    in_line = _in_turns(found, "linear", turns, cases, seconds)
    yield from _times(LINEAR, in_line)
    at = min(AT, rounds[-1])
    in_loop = _in_turns(found, "loop", turns, at, seconds)
    yield from _ratios(in_loop, at)
    for name, command in found.items():
        yield from _as_far_as_it_gets(name, run(command, "loop", rounds[-1], seconds), rounds)


def _in_turns(
    found: Mapping[str, list[str]], model: str, turns: int, count: int, seconds: float
) -> Turns:
    results: dict[str, list[Result]] = {name: [] for name in found}
    for _turn in range(turns):
        for name, command in found.items():
            results[name].append(run(command, model, count, seconds))
    return results


def _times(subject: str, turns: Turns) -> Iterator[Line]:
    for name, results in turns.items():
        laps = [lap for result in results for lap in result.laps]
        if not laps:
            yield Line(subject, f"{name}: {results[0].stopped}", 0, "cases")
            continue
        yield Line(subject, f"{name}, a case", median(laps) * 1000, "ms")
        if results[0].bytes:
            yield Line(subject, f"{name}, state of a fresh case", results[0].bytes, "B")


def _ratios(turns: Turns, at: int) -> Iterator[Line]:
    """Each ratio is the median over the turns, in which the two ran one after the other."""
    pairs = (
        (VIEWFLOW, FACADE, FASTER_THAN_VIEWFLOW),
        (VIEWFLOW, ENGINE, None),
        (SPIFF, ENGINE, FASTER_THAN_LIBRARY),
        (SPIFF, FACADE, None),
    )
    for slow, fast, least in pairs:
        both = zip(turns.get(slow, []), turns.get(fast, []), strict=False)
        found = [(a.around(at), b.around(at)) for a, b in both]
        ratios = [slower / faster for slower, faster in found if slower and faster]
        if ratios:
            what = f"{slow} ÷ {fast}, round {at}"
            yield Line(LOOP, what, median(ratios), least=least)


def _as_far_as_it_gets(name: str, result: Result, rounds: tuple[int, ...]) -> Iterator[Line]:
    for number in rounds:
        found = result.around(number)
        if found is not None:
            yield Line(LOOP, f"{name}, round {number:,}", found * 1000, "ms")
    reached = len(result.laps)
    if reached < rounds[-1]:
        yield Line(LOOP, f"{name} stopped ({result.stopped}) after", reached, "rounds")
    yield Line(LOOP, f"{name}, state after {reached:,} rounds", result.bytes, "B")
