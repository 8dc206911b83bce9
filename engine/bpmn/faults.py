"""What is wrong with models: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a model; `text` and `mend` are sentences in the current language."""

    file: str
    element: str
    text: str
    severity: str = ERROR
    mend: str = ""


class ModelFaults(Exception):
    """The models cannot be run; `problems` names every reason found."""

    def __init__(self, problems: Iterable[Fault]) -> None:
        self.problems = list(problems)
        super().__init__(
            "；".join(f"{fault.file} {fault.element}: {fault.text}" for fault in self.problems)
        )
