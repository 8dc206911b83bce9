"""A form-js document becomes fields, and a post becomes typed values or errors; no HTML."""

from engine.forms.document import FormFaults
from engine.forms.fields import GENERIC_TYPES
from engine.forms.fields.options import Option
from engine.forms.form import Bound, Form
from engine.forms.formulas import FormExpression, FormulaFailed
from engine.forms.outcomes import Outcome
from engine.forms.types import FieldError, FieldType, Problem, Submitted, Upload
from engine.forms.view import ErrorLink, View, error_links, refusals_in

__all__ = [
    "GENERIC_TYPES",
    "Bound",
    "ErrorLink",
    "FieldError",
    "FieldType",
    "Form",
    "FormExpression",
    "FormFaults",
    "FormulaFailed",
    "Option",
    "Outcome",
    "Problem",
    "Submitted",
    "Upload",
    "View",
    "error_links",
    "refusals_in",
]
