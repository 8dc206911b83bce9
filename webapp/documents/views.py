"""Anyone who holds a printed document may check it: validity and a masked name, nothing else."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.declaration import documents
from webapp.access import public
from webapp.database import reading

blueprint = Blueprint("documents", __name__, url_prefix="/verify")


@blueprint.get("")
@public
def verify() -> ResponseReturnValue:
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for("documents.verified", code=code[:40]), 303)
    return render_template("documents/verify.html", asked=False, found=None)


@blueprint.get("/<code>")
@public
def verified(code: str) -> ResponseReturnValue:
    found = documents.verify(reading(), code)
    page = render_template("documents/verify.html", asked=True, found=found, code=code[:40])
    return page, 200 if found else 404
