"""Column shapes that the domain's tables repeat."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """Refuse anything but the members of a closed set."""
    allowed = ", ".join(f"'{member.value}'" for member in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=f"{column}_known")


def unique_while(name: str, *columns: str, condition: str) -> Index:
    """Allow one row for these columns among the rows for which the condition holds."""
    where = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)
