"""What a process shows of itself: open tasks, what it waits for, what it has done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that a person may complete now. `path` names the calls and subprocesses around it;
    `lane` is the id of the lane, that is, the role."""

    id: str
    element: str
    name: str
    name_en: str | None
    lane: str | None
    path: tuple[str, ...]
    data: dict[str, Any] = field(repr=False)
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A timer (`due_at`) or a message (`message`) that the process waits for."""

    kind: str
    element: str
    task_id: str
    name: str
    name_en: str | None
    message: str | None
    due_at: datetime | None
    path: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: one element, once."""

    element: str
    kind: str
    name: str
    at: datetime
    path: tuple[str, ...]
    detail: Mapping[str, Any] = field(default_factory=dict)
