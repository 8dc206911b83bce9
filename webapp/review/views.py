"""Staff come in, see what waits, take one, give it back; deciding is the task page's."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.cases import Reply, queries
from engine.cases.access import require_may_see
from engine.cases.models import Case, WorkItem
from engine.errors import Conflict, Refused
from engine.files import File
from engine.i18n import gettext as _
from engine.people import accounts
from webapp.access import public, staff
from webapp.account import codes, forms
from webapp.account.signing_in import authenticate
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.files import picture
from webapp.fixed_forms import local_path, show, wrong
from webapp.identity import is_signed_in, person, sign_out, why_again
from webapp.tasks.posts import fresh_submission, submission_of_button

blueprint = Blueprint("review", __name__, url_prefix="/staff")


@blueprint.get("/")
@public
def entrance() -> ResponseReturnValue:
    return redirect(url_for("review.queue" if is_signed_in() else "review.sign_in"), 303)


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    if is_signed_in() and person().kind == "staff":
        return redirect(local_path(request.args.get("next")) or url_for("review.queue"), 303)
    notice = why_again()
    return show("review/sign_in.html", forms.staff_sign_in_form(), captcha=True, notice=notice)


@blueprint.post("/sign-in")
@public
def submit_sign_in() -> ResponseReturnValue:
    form = forms.staff_sign_in_form()
    if not form.validate():
        return wrong("review/sign_in.html", form, captcha=True)
    username = form.username.data.strip()
    try:
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
        account = accounts.of_username(reading(), username)
        authenticate(account, form.password.data, subject=f"staff:{username.casefold()}")
    except codes.WrongCaptcha as refused:
        form.captcha.errors = [str(refused)]
        return wrong("review/sign_in.html", form, captcha=True)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong("review/sign_in.html", form, captcha=True)
    return redirect(local_path(request.args.get("next")) or url_for("review.queue"), 303)


@blueprint.post("/sign-out")
@public
def leave() -> ResponseReturnValue:
    sign_out()
    return redirect(url_for("review.sign_in"), 303)


@blueprint.get("/queue")
@staff()
def queue() -> ResponseReturnValue:
    who, now = person(), engine().clock.now()
    items = queries.queue_of(reading(), who)
    holders = queries.names_of(reading(), {i.claimed_by for i in items if i.claimed_by})
    return render_template(
        "review/queue.html",
        items=items,
        holders=holders,
        now=now,
        who=who,
        submission=fresh_submission(),
    )


@blueprint.post("/work-items/<uuid:work_item_id>/claim")
@staff()
def claim(work_item_id: UUID) -> ResponseReturnValue:
    who = person()
    try:
        reply = carry_out(lambda s: engine().cases.claim(s, who, work_item_id))
    except Conflict as conflict:
        flash(str(conflict))
        return redirect(url_for("review.queue"), 303)
    if reply.is_late:
        return _told(reply)
    return redirect(url_for("staff_tasks.work_item", work_item_id=work_item_id), 303)


@blueprint.post("/claim-next")
@staff()
def claim_next() -> ResponseReturnValue:
    who, submission = person(), submission_of_button()
    taken = carry_out(lambda s: engine().cases.claim_next(s, who, submission))
    if taken is None:
        flash(_("目前没有等待领取的任务。"))
        return redirect(url_for("review.queue"), 303)
    return redirect(url_for("staff_tasks.work_item", work_item_id=taken), 303)


@blueprint.post("/work-items/<uuid:work_item_id>/release")
@staff()
def release(work_item_id: UUID) -> ResponseReturnValue:
    who = person()
    return _told(carry_out(lambda s: engine().cases.release(s, who, work_item_id)))


@blueprint.get("/work-items/<uuid:work_item_id>/files/<uuid:file_id>")
@staff()
def file(work_item_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A file of the case, for whoever has its work item in hand."""
    row = reading().get(WorkItem, work_item_id)
    found = reading().get(File, file_id)
    if row is None or found is None or found.case_id != row.case_id:
        abort(404)
    require_may_see(row, reading().get_one(Case, row.case_id), person())
    is_in_hand = row.is_open and row.is_claimed(engine().clock.now())
    if not is_in_hand or row.claimed_by != person().account_id:
        abort(404)
    return picture(found)


def _told(reply: Reply) -> ResponseReturnValue:
    """Back to the queue, with what the command had to say."""
    if reply.notice:
        flash(reply.notice)
    return redirect(url_for("review.queue"), 303)
