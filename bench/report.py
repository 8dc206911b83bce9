"""What was measured, line by line, with the target beside it where there is one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One number. `most` or `least` is the target it is held to."""

    subject: str
    what: str
    value: float
    unit: str = "×"
    most: float | None = None
    least: float | None = None

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:g}"
        return "" if self.least is None else f"≥ {self.least:g}"

    @property
    def verdict(self) -> str:
        if not self.target:
            return ""
        too_much = self.most is not None and self.value > self.most
        too_little = self.least is not None and self.value < self.least
        return "missed" if too_much or too_little else "met"

    def plain(self) -> dict[str, object]:
        return {**asdict(self), "target": self.target, "verdict": self.verdict}


def shown(value: float) -> str:
    """Write a number with as many digits as it deserves."""
    if value == int(value) and abs(value) < 10**9:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def table(lines: Iterable[Line]) -> str:
    """Lay the lines out for people, a subject at a time."""
    rows, subject = [], ""
    for line in lines:
        if line.subject != subject:
            subject = line.subject
            rows.append(f"\n{subject}")
        figure = f"{shown(line.value)} {line.unit}"
        rows.append(f"  {line.what:<66} {figure:>14}  {line.target:>8}  {line.verdict}".rstrip())
    return "\n".join(rows)
