"""A function as a value: one written in FEEL, or a built-in one."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any


class Function(ABC):
    """Something that can be called with positional or named arguments."""

    __slots__ = ()

    @abstractmethod
    def call(self, arguments: Sequence[Any], named: Mapping[str, Any], caller: Any, at: Any) -> Any:
        """Return the result; `caller` is the scope of the call and `at` its place."""
