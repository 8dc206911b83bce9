"""Show a work item, take what was posted, say what came of it."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from engine.bpmn import ElementFailed
from engine.cases import Desk, Reply
from engine.errors import Conflict, Invalid, NotFound, Refused
from engine.forms import Submitted
from engine.i18n import gettext as _
from webapp.access import VerifyFirst, keeping_posts, signed_in
from webapp.account.signing_in import mark_verified
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.identity import person
from webapp.progress import before_verification
from webapp.tasks.pages import closed_page, is_staff_page, show
from webapp.tasks.posts import read_post, submission_of_button

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/work-items/<uuid:work_item_id>")
@signed_in
def work_item(work_item_id: UUID) -> ResponseReturnValue:
    desk = _desk(work_item_id)
    return show(desk) if desk.item.is_open else closed_page(desk)


@blueprint.post("/work-items/<uuid:work_item_id>")
@keeping_posts
def complete(work_item_id: UUID) -> ResponseReturnValue:
    post, cases = read_post(), engine().cases
    desk = _desk(work_item_id)
    if post.only_rebuilds:
        return (
            _shown_again(desk, post.submitted)
            if post.submitted.files
            else show(desk, post.submitted)
        )
    try:
        prepared = cases.prepare(
            reading(), person(), work_item_id, post.submission, outcome=post.outcome
        )
        reply = carry_out(lambda s: cases.complete(s, prepared))
    except Exception as fault:  # noqa: BLE001 -- answered or raised again, never swallowed
        return _not_done(desk, post.submitted, fault)
    if reply.is_late:
        return _late(desk, post.submitted)
    if "person verified" in reply.notes:
        mark_verified()
    return _onwards(reply)


@blueprint.post("/work-items/<uuid:work_item_id>/actions/<key>/<action>")
@keeping_posts
def act(work_item_id: UUID, key: str, action: str) -> ResponseReturnValue:
    post, cases = read_post(), engine().cases
    desk = _desk(work_item_id)
    try:
        prepared = cases.prepare_action(
            reading(), person(), work_item_id, post.submission, key=key, action=action
        )
        reply = carry_out(lambda s: cases.act(s, prepared))
    except Exception as fault:  # noqa: BLE001 -- answered or raised again, never swallowed
        return _not_done(desk, post.submitted, fault)
    if reply.is_late:
        return _late(desk, post.submitted)
    if reply.notice:
        flash(reply.notice, "success")
    target = url_for(".work_item", work_item_id=work_item_id)
    return redirect(f"{target}#{key}", 303)


@blueprint.post("/work-items/<uuid:work_item_id>/draft")
@keeping_posts
def save_draft(work_item_id: UUID) -> ResponseReturnValue:
    post = read_post()
    desk = _desk(work_item_id)
    carry_out(lambda s: engine().cases.keep(s, desk, post.submitted))
    return Response(status=204)


@blueprint.post("/offered/<uuid:catch_event_id>")
@signed_in
def send_offered(catch_event_id: UUID) -> ResponseReturnValue:
    """Withdraw, recall: whatever message the diagram offers to this person."""
    who = person()
    if who.kind == "candidate" and not who.verified:
        raise VerifyFirst
    submission = submission_of_button()
    try:
        reply = carry_out(lambda s: engine().cases.send_offered(s, who, catch_event_id, submission))
    except Conflict as too_late:
        flash(str(too_late))
        return _home()
    return _onwards(reply)


def _desk(work_item_id: UUID) -> Desk:
    """Open the desk; a candidate whose phone was not checked yet is led to that first."""
    desk = engine().cases.desk(reading(), person(), work_item_id)
    may_wait = desk.item.element in before_verification(desk.release)
    if person().kind == "candidate" and not person().verified and not may_wait:
        raise VerifyFirst
    return desk


def _not_done(desk: Desk, submitted: Submitted, fault: Exception) -> ResponseReturnValue:
    """Keep what was typed, whatever stood in its way, and say how to go on."""
    match fault:
        case NotFound() | HTTPException() | OperationalError():
            raise fault
        case ElementFailed(cause=OperationalError() as unreachable):
            raise unreachable from fault
        case Invalid():
            return _shown_again(desk, submitted, fault.errors)
        case Conflict():
            return _gone(desk, submitted, str(fault))
        case Refused():
            return _shown_again(desk, submitted, {"": str(fault)})
    _keep(desk, submitted)
    g.case_at_fault = desk.case.id
    raise fault


def _shown_again(
    desk: Desk, submitted: Submitted, errors: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    """Show the page with all that was typed; files that came with it need not come again."""
    _keep(desk, submitted)
    fresh = engine().cases.desk(reading(), person(), desk.item.id)
    return show(fresh, submitted, errors), 422 if errors else 200


def _late(desk: Desk, submitted: Submitted) -> ResponseReturnValue:
    return _gone(desk, submitted, _("这一步已经结束（可能已超过时限）。"))


def _gone(desk: Desk, submitted: Submitted, sentence: str) -> ResponseReturnValue:
    """Keep what was typed and say that the page was no longer the newest (409)."""
    _keep(desk, submitted)
    page = render_template(
        "errors/409.html",
        sentence=sentence,
        continue_at=url_for(".work_item", work_item_id=desk.item.id),
    )
    return page, 409


def _keep(desk: Desk, submitted: Submitted) -> None:
    uploads = engine().cases.store_uploads(reading(), desk, submitted)
    carry_out(lambda s: engine().cases.keep(s, desk, submitted, uploads))


def _onwards(reply: Reply) -> ResponseReturnValue:
    if reply.notice:
        flash(reply.notice, "success")
    if reply.next_work_item_id:
        return redirect(url_for(".work_item", work_item_id=reply.next_work_item_id), 303)
    return _home()


def _home() -> ResponseReturnValue:
    return redirect(url_for("review.queue" if is_staff_page() else "candidate.home"), 303)
