"""Finds every table of the product, whichever package declares it."""

import importlib
import pkgutil

import engine as house


def import_tables() -> None:
    """Import every module that declares tables, so that the metadata is whole."""
    for module in pkgutil.walk_packages(house.__path__, "engine."):
        if module.name.rpartition(".")[2] == "models":
            importlib.import_module(module.name)
