"""Models in, state in, state out: the only importer of SpiffWorkflow, without a database."""

from engine.bpmn.definition import Definition, UserTask
from engine.bpmn.errors import (
    BudgetSpent,
    ElementFailed,
    NotStorable,
    ProcessStopped,
    StateDoesNotFit,
    StateUnreadable,
    TaskNotOpen,
    TokenStuck,
)
from engine.bpmn.faults import Fault, ModelFaults
from engine.bpmn.pictures import Picture, pictures_of
from engine.bpmn.process import Process
from engine.bpmn.services import ServiceContext, ServiceFunction, ServiceSignature
from engine.bpmn.steps import OpenTask, Step, Waiting

__all__ = [
    "BudgetSpent",
    "Definition",
    "ElementFailed",
    "Fault",
    "ModelFaults",
    "NotStorable",
    "OpenTask",
    "Picture",
    "Process",
    "ProcessStopped",
    "ServiceContext",
    "ServiceFunction",
    "ServiceSignature",
    "StateDoesNotFit",
    "StateUnreadable",
    "Step",
    "TaskNotOpen",
    "TokenStuck",
    "UserTask",
    "Waiting",
    "pictures_of",
]
