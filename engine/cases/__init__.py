"""The generic case engine: cases, work items, answers, timers, messages, incidents, events."""

from engine.cases.components import Component, Kit, Look, Work
from engine.cases.desks import Desk
from engine.cases.facade import Cases
from engine.cases.house import House
from engine.cases.prepared import Submission
from engine.cases.projections import FIRE_TIMERS
from engine.cases.replies import Reply

__all__ = [
    "FIRE_TIMERS",
    "Cases",
    "Component",
    "Desk",
    "House",
    "Kit",
    "Look",
    "Reply",
    "Submission",
    "Work",
]
