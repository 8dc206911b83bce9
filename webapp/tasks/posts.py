"""A post to a work item, taken apart: the form's own fields, and the envelope around them."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import abort, request

from engine.cases import Submission
from engine.forms import Submitted, Upload

ENVELOPE = frozenset({"csrf_token", "outcome", "version", "submission"})
REBUILDS = ("_add", "_remove", "_update")
"""Buttons that only ask for the page again: one more row, one less, other conditions."""


@dataclass(frozen=True, slots=True)
class Post:
    """What came, and which button was pressed."""

    submission: Submission
    outcome: str

    @property
    def submitted(self) -> Submitted:
        return self.submission.submitted

    @property
    def only_rebuilds(self) -> bool:
        return self.outcome == "update" or any(n in self.submitted.values for n in REBUILDS)


def read_post() -> Post:
    """Read the request; an envelope that is not ours is a bad request (400)."""
    fields = {name: values for name, values in request.form.lists() if name not in ENVELOPE}
    files = {
        name: [Upload(f.filename or "", f.mimetype or "", f.read()) for f in uploads if f.filename]
        for name, uploads in request.files.lists()
    }
    for name in ENVELOPE:
        if len(request.form.getlist(name)) > 1:
            abort(400)
    try:
        version, submission = int(request.form["version"]), UUID(request.form["submission"])
    except ValueError:
        abort(400)
    kept = {name: found for name, found in files.items() if found}
    return Post(
        Submission(submission, version, Submitted(fields, kept)), request.form.get("outcome", "")
    )


def submission_of_button() -> UUID:
    """Read the submission id that a button without a form was shown with; a post without one is
    one of its own."""
    try:
        return UUID(request.form["submission"]) if "submission" in request.form else uuid4()
    except ValueError:
        abort(400)


def fresh_submission() -> UUID:
    """A new id for a page that is shown; the same post twice carries the same one."""
    return uuid4()
