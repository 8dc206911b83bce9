"""What is wrong with an expression, and where: every fault carries its line and column."""

from typing import NamedTuple

from engine.i18n import gettext as _


class Position(NamedTuple):
    """A place in the source; both count from one."""

    line: int
    column: int


class FeelError(ValueError):
    """The expression cannot be read, or it asked for more than one expression may."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = {"line": self.line, "column": self.column, "message": self.message}
        return _("第 %(line)d 行第 %(column)d 列：%(message)s", **place)
