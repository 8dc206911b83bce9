"""What is wrong with a decision table, found when it is read or when it is asked."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from engine.feel import FeelError
from engine.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class DmnFault:
    """One fault: the id of the element it is in, and what to do about it."""

    element: str
    text: str


class DmnFaults(ValueError):
    """The table cannot be used; `problems` names every fault."""

    def __init__(self, problems: Iterable[DmnFault]) -> None:
        self.problems: tuple[DmnFault, ...] = tuple(problems)
        super().__init__("；".join(f"{each.element}：{each.text}" for each in self.problems))


class CellFailed(ValueError):
    """A cell could not be evaluated; `element` is the rule or input it stands in."""

    def __init__(self, element: str, cause: FeelError) -> None:
        super().__init__(f"{element}：{cause}")
        self.element = element
        self.cause = cause


@contextmanager
def naming(element: str) -> Iterator[None]:
    """Say in which rule, input or expression FEEL failed."""
    try:
        yield
    except FeelError as fault:
        raise CellFailed(element, fault) from fault


class SeveralRulesMatched(ValueError):
    """The hit policy allows one result, and the rules that matched give several."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = tuple(rules)
        super().__init__(_("决策表有多条规则同时命中：%(rules)s", rules="、".join(rules)))


class InputNotAllowed(ValueError):
    """An input has a value that the table does not allow."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__(
            _("输入“%(label)s”的值“%(value)s”不在允许的范围内", label=label, value=value)
        )


class OutputNotAllowed(ValueError):
    """A rule gave a value that is not among the output's allowed values, so it has no priority."""

    def __init__(self, rule: str, value: str) -> None:
        super().__init__(
            _("规则 %(rule)s 的输出“%(value)s”不在允许的范围内", rule=rule, value=value)
        )
