"""The home page, the start of a declaration, and the candidate's own files."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.cases import queries
from engine.cases.models import Case
from engine.cases.queries import CaseView
from engine.declaration import corrections as identity_corrections
from engine.declaration import documents, reviewing, starting
from engine.errors import Conflict
from engine.i18n import chosen
from engine.payments import orders
from engine.releases import OpenRelease
from webapp.access import candidate, verified_candidate
from webapp.candidate import home as home_page
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.files import send_file_of
from webapp.identity import person
from webapp.progress import before_verification
from webapp.tasks.posts import fresh_submission

blueprint = Blueprint("candidate", __name__)


@blueprint.get("/home")
@candidate
def home() -> ResponseReturnValue:
    who, now = person(), engine().clock.now()
    cases = queries.cases_of(reading(), who.account_id)
    if cases and not who.verified:
        return _verify_first(cases)
    declarations = [case for case in cases if case.workflow == starting.WORKFLOW]
    newest = next((case for case in declarations if case.is_open), (*declarations, None)[0])
    about = {
        "entries": starting.declarable_entries(reading(), who.account_id),
        "season": starting.open_season(reading(), now),
        "earlier": [case for case in declarations if newest is None or case.id != newest.id],
    }
    if newest is None:
        return render_template("candidate/home.html", view=None, **about)
    view = queries.case_view(reading(), who, newest.id)
    release = engine().library.open(reading(), newest.release_id)
    advice = release.settings.get("print_advice", {})
    confirming = _payment_to_confirm(view, release)
    return render_template(
        "candidate/home.html",
        view=view,
        here=url_for("candidate.home", number=confirming and confirming.order_number),
        state=home_page.state_of(view),
        confirming=confirming,
        waiting=release.settings.get("waiting", {}),
        next_items=home_page.next_of(view, confirming),
        deadlines=home_page.deadlines_of(view),
        path=home_page.path_of(view, release, confirming),
        summary=documents.summary_of(reading(), newest.id),
        documents=documents.issues_of(reading(), newest.id),
        refusal=None if newest.is_open else reviewing.refusal_of(reading(), newest.id),
        submission=fresh_submission(),
        print_advice=chosen(advice.get("zh", ""), advice.get("en")),
        **about,
    )


@blueprint.post("/declarations")
@candidate
def begin() -> ResponseReturnValue:
    admission_number = request.form.get("admission_number", "")
    who, cases, now = person(), engine().cases, engine().clock.now()
    try:
        reply = carry_out(
            lambda s: starting.begin(s, cases, who, admission_number=admission_number, now=now)
        )
    except Conflict as conflict:
        flash(str(conflict))
        return redirect(url_for("candidate.home"), 303)
    if reply.next_work_item_id is None:
        return redirect(url_for("candidate.home"), 303)
    return redirect(url_for("tasks.work_item", work_item_id=reply.next_work_item_id), 303)


@blueprint.get("/corrections")
@verified_candidate
def corrections() -> ResponseReturnValue:
    """Say what a correction is, how the newest one stands, and lead on to the one that is open."""
    cases = queries.cases_of(reading(), person().account_id)
    newest = next((case for case in cases if case.workflow == starting.CORRECTION_WORKFLOW), None)
    view = queries.case_view(reading(), person(), newest.id) if newest else None
    return render_template(
        "candidate/corrections.html",
        view=view,
        state=home_page.state_of(view) if view else None,
        refusal=identity_corrections.refusal_of(reading(), newest.id) if newest else None,
    )


@blueprint.post("/corrections")
@verified_candidate
def begin_correction() -> ResponseReturnValue:
    who, cases = person(), engine().cases
    try:
        reply = carry_out(lambda s: starting.begin_correction(s, cases, who))
    except Conflict as conflict:
        flash(str(conflict))
        return redirect(url_for("candidate.corrections"), 303)
    return redirect(url_for("tasks.work_item", work_item_id=reply.next_work_item_id), 303)


@blueprint.get("/files/<uuid:file_id>")
@verified_candidate
def file(file_id: UUID) -> ResponseReturnValue:
    return send_file_of(file_id, owner_id=person().account_id)


@blueprint.get("/documents/<uuid:issue_id>.pdf")
@verified_candidate
def document(issue_id: UUID) -> ResponseReturnValue:
    found = documents.issued_to(reading(), issue_id, person().account_id)
    if found is None or found.sha256 is None:
        abort(404)
    content = engine().files.get(found.sha256)
    headers = {"Content-Disposition": f'inline; filename="{found.kind}-{found.version}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)


def _payment_to_confirm(view: CaseView, release: OpenRelease) -> home_page.Confirming | None:
    """Look at the order only while the case waits for a payment."""
    step = home_page.payment_step(view, release)
    order = orders.current(reading(), view.case.id) if step else None
    return home_page.confirming_of(step, order, request.args.get("number"))


def _verify_first(cases: Sequence[Case]) -> ResponseReturnValue:
    """Lead to the case's own check of the phone while it stands there, else to that of sign-in."""
    for case in cases:
        if not case.is_open:
            continue
        release = engine().library.open(reading(), case.release_id)
        for item in queries.case_view(reading(), person(), case.id).mine:
            if item.element in before_verification(release):
                return redirect(url_for("tasks.work_item", work_item_id=item.id), 303)
    return redirect(url_for("account.verify"), 303)
