"""成绩归一: which sources a declaration has merged, and which of their scores count."""

from engine.declaration.consolidation.merging import (
    answer,
    ask,
    last_refused,
    load_own,
    merged_sources,
    offered_entries,
    undo,
)
from engine.declaration.consolidation.ticks import (
    duplicate_codes,
    open_duplicates,
    selections,
    tick,
)

__all__ = [
    "answer",
    "ask",
    "duplicate_codes",
    "last_refused",
    "load_own",
    "merged_sources",
    "offered_entries",
    "open_duplicates",
    "selections",
    "tick",
    "undo",
]
