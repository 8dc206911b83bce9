"""What has to happen at least once before a run of generated processes says anything."""

from tests.bpmn.generated.steps import EDGES

FEATURES = frozenset(
    {
        "userTask",
        "serviceTask",
        "sendTask",
        "businessRuleTask",
        "receiveTask",
        "callActivity",
        "subProcess",
        "exclusiveGateway",
        "eventBasedGateway",
        "first of several: message",
        "first of several: receive",
        "first of several: timeDate",
        "first of several: timeDuration",
        "parallel fork",
        "parallel join",
        "parallel join, a later round",
        "startEvent",
        "second startEvent",
        "endEvent",
        "second endEvent",
        "terminate",
        "error end",
        "intermediateThrowEvent",
        "catch message",
        "catch timeDate",
        "catch timeDuration",
        *(f"boundary {event} {manner} on {kind}" for event, manner, kind in EDGES),
    }
)
"""Elements, forks and joins, every event that can fire and every interruption."""
