"""A range is a value: two ends, either of which may be open or missing."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Range:
    """From `start` to `end`; `None` is an end that goes on for ever."""

    start: Any
    end: Any
    start_included: bool = True
    end_included: bool = True
