"""Counts what is asked of a database."""

from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def statements(database):
    """Yield the statements that are executed inside the block."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        seen.append(statement)

    engines = {database._readers, database._writers}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
