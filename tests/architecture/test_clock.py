"""`engine.clock` is the only one who asks the machine what time it is."""

from pathlib import Path

from tests.architecture.tree import PROJECT, dotted, modules, require_none

ASKED = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "datetime.fromtimestamp", "date.today"}
    | {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"}
    | {"func.now", "func.current_timestamp", "func.current_date"}
)
THE_CLOCK = "engine/clock.py"


def violations(root: Path) -> list[str]:
    return [
        module.at(call, f"asks the machine for the time with {dotted(call.func)}")
        for module in modules(root, "engine", "webapp", "bench")
        if module.path != THE_CLOCK
        for call in module.calls()
        if _asks(dotted(call.func))
    ]


def _asks(name: str) -> bool:
    return ".".join(name.split(".")[-2:]) in ASKED


def test_only_the_clock_asks_for_the_time():
    require_none(violations(PROJECT))
