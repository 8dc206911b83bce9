"""What can stop a running process. None of these is a sentence for the person at the page."""


class ProcessStopped(Exception):
    """A command on a process could not be finished; drop the process and keep its old state."""


class ElementFailed(ProcessStopped):
    """A service or an expression of one element raised; `cause` is what it raised."""

    def __init__(self, element: str, cause: BaseException) -> None:
        super().__init__(f"{element}: {cause}")
        self.element = element
        self.cause = cause


class BudgetSpent(ProcessStopped):
    """One command ran more steps, or longer, than any sound model needs."""

    def __init__(self, element: str, steps: int) -> None:
        super().__init__(f"stopped at {element} after {steps} steps")
        self.element = element
        self.steps = steps


class TokenStuck(ProcessStopped):
    """Nobody is needed, nothing is awaited, and yet the process has not ended."""

    def __init__(self, elements: tuple[str, ...]) -> None:
        super().__init__(f"stuck at {', '.join(elements) or 'nothing'}")
        self.elements = elements


class TaskNotOpen(LookupError):
    """The task was completed or cancelled before, or never belonged to this process."""


class NotStorable(ValueError):
    """A value is not of the kinds that a process keeps."""


class StateUnreadable(ValueError):
    """The bytes are not a saved process of a version that this package knows."""


class StateDoesNotFit(ValueError):
    """The saved process stands at elements that these models do not have."""

    def __init__(self, elements: tuple[str, ...]) -> None:
        super().__init__(f"not in these models: {', '.join(elements)}")
        self.elements = elements
