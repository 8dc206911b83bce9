"""Jinja for paper: everything is escaped, and a value that is not there is a fault."""

from jinja2 import BaseLoader, Environment, StrictUndefined

from engine.i18n import gettext


def environment(loader: BaseLoader) -> Environment:
    """Return an environment for document templates, which come from code and never from people."""
    found = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals["_"] = gettext
    return found
