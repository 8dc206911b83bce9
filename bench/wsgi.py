"""What granian loads for the bench: the application as it is served, with the bench's models."""

from flask import Flask

from engine.bootstrap import build
from engine.settings import Settings
from webapp.app import create_app


def create() -> Flask:
    """Return the application on the home that the settings name; its models are there already."""
    return create_app(build(Settings()))
