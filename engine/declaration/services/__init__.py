"""What the service tasks of the declaration's diagrams call, by name."""

from engine.bpmn import ServiceFunction
from engine.declaration.services import (
    certificates,
    correction,
    matching,
    scores,
    seats,
    submission,
)

SERVICES: dict[str, ServiceFunction] = {
    **scores.SERVICES,
    **matching.SERVICES,
    **certificates.SERVICES,
    **seats.SERVICES,
    **submission.SERVICES,
    **correction.SERVICES,
}
