"""Where the operators' pages are, and who may open them."""

from flask import Blueprint

from engine.people import Role

blueprint = Blueprint("operations", __name__, url_prefix="/staff/operations")

LOOK = (Role.OPERATOR, Role.OPERATOR_APPROVER, Role.AUDITOR)
"""They look at everything but personal data; only an operator acts."""
