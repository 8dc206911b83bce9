"""Alembic's entry: runs on the connection it is handed, knows every table of the product."""

from typing import Any, Literal

from alembic import context

from engine.db import Base, UtcTime


def run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=plainly,
        include_object=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


def plainly(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Write our own types into a migration as what they are to a database."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(_item: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """Leave the job carrier's own tables alone; its package looks after them."""
    return not (name or "").startswith("procrastinate")


run()
