"""`bishen …`: what operators, analysts and continuous integration type."""

from engine.cli.main import main

__all__ = ["main"]
