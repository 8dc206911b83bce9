"""What the walks through generated processes have used, told at the end of a run of the tests."""

from collections import Counter


def tell_of_elements(reporter) -> None:
    """Add up what the tests recorded under `elements used`, in whatever worker they ran."""
    used, processes = Counter(), 0
    for report in reporter.stats.get("passed", []) + reporter.stats.get("failed", []):
        recorded = dict(getattr(report, "user_properties", ()))
        if getattr(report, "when", None) == "call" and "elements used" in recorded:
            used.update(recorded["elements used"])
            processes += recorded["elements used in processes"]
    if not used:
        return
    reporter.section(f"elements used in {processes} generated processes")
    for name, times in sorted(used.items()):
        reporter.line(f"{times:7d}  {name}")
