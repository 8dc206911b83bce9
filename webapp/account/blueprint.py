"""The one blueprint of everything a person does with their account; `views` gathers its pages."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)
