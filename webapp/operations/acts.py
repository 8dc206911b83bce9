"""What an operator does: every act is one command, and every command leaves a line behind."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engine.bpmn import ElementFailed, ProcessStopped
from engine.cases.operating import Retried
from engine.errors import Conflict, Invalid
from engine.i18n import gettext as _
from engine.people import Role
from webapp.access import staff
from webapp.database import carry_out
from webapp.engine import engine
from webapp.identity import person
from webapp.operations import case_pages
from webapp.operations.blueprint import blueprint
from webapp.operations.history import element_name

Command = Callable[[Session], None]


@blueprint.post("/cases/<uuid:case_id>/suspend")
@staff(Role.OPERATOR)
def suspend(case_id: UUID) -> ResponseReturnValue:
    who, reason = person(), request.form.get("reason", "")
    return _with_reason(
        case_id,
        "suspend",
        lambda s: engine().cases.suspend(s, who, case_id, reason),
        _("申报已暂停：现在不接受提交，定时不触发，消息先收在收件箱。"),
    )


@blueprint.post("/cases/<uuid:case_id>/resume")
@staff(Role.OPERATOR)
def resume(case_id: UUID) -> ResponseReturnValue:
    who, reason = person(), request.form.get("reason", "")
    return _with_reason(
        case_id,
        "resume",
        lambda s: engine().cases.resume(s, who, case_id, reason),
        _("申报已恢复：暂停期间到期的定时和收到的消息已按先后处理。"),
    )


@blueprint.post("/cases/<uuid:case_id>/retry")
@staff(Role.OPERATOR)
def retry_case(case_id: UUID) -> ResponseReturnValue:
    who = person()
    return _retried(
        lambda s: engine().cases.retry_case(s, who, case_id),
        url_for("operations.case", case_id=case_id),
        case_id,
    )


@blueprint.post("/cases/<uuid:case_id>/answers")
@staff(Role.OPERATOR)
def show_personal(case_id: UUID) -> ResponseReturnValue:
    """Show what is personal on this one answer; asking for the page again asks for a reason."""
    who, reason = person(), request.form.get("reason", "")
    try:
        shown = carry_out(lambda s: engine().cases.show_personal(s, who, case_id, reason))
    except Invalid as wrong:
        page = case_pages.show(case_id, errors=wrong.errors, typed=reason, act="answers")
        return page, 422
    return case_pages.show(case_id, shown=shown)


@blueprint.post("/incidents/<uuid:incident_id>/take")
@staff(Role.OPERATOR)
def take(incident_id: UUID) -> ResponseReturnValue:
    who, seen = person(), _uuid(request.form.get("instead_of", ""))
    try:
        carry_out(lambda s: engine().cases.take_incident(s, who, incident_id, instead_of=seen))
    except Conflict as conflict:
        flash(str(conflict), "warning")
    else:
        flash(_("已由您领取。"), "success")
    return redirect(_back(), 303)


@blueprint.post("/incidents/<uuid:incident_id>/retry")
@staff(Role.OPERATOR)
def retry_incident(incident_id: UUID) -> ResponseReturnValue:
    who = person()
    return _retried(lambda s: engine().cases.retry_incident(s, who, incident_id), _back(), None)


@blueprint.post("/incidents/<uuid:incident_id>/resolve")
@staff(Role.OPERATOR)
def resolve(incident_id: UUID) -> ResponseReturnValue:
    who, note = person(), request.form.get("note", "")
    try:
        carry_out(lambda s: engine().cases.resolve_incident(s, who, incident_id, note))
    except Invalid as wrong:
        flash(str(wrong), "warning")
    except Conflict as conflict:
        flash(str(conflict), "warning")
    else:
        flash(_("已记为处理完毕。"), "success")
    return redirect(_back(), 303)


@blueprint.post("/jobs/<uuid:job_id>/retry")
@staff(Role.OPERATOR)
def retry_job(job_id: UUID) -> ResponseReturnValue:
    who = person()
    return _retried(lambda s: engine().cases.retry_job(s, who, job_id), _back("jobs"), None)


def _with_reason(case_id: UUID, act: str, command: Command, done: str) -> ResponseReturnValue:
    """Carry out what needs a reason; one that will not do is asked for again on the same page."""
    g.case_at_fault = case_id
    try:
        carry_out(command)
    except Invalid as wrong:
        typed = request.form.get("reason", "")
        return case_pages.show(case_id, errors=wrong.errors, typed=typed, act=act), 422
    except Conflict as conflict:
        flash(str(conflict), "warning")
    except ProcessStopped as stopped:
        fault = stopped
        carry_out(lambda s: engine().cases.report(s, case_id, fault))
        flash(_failed(fault), "warning")
    else:
        flash(done, "success")
    return redirect(url_for("operations.case", case_id=case_id), 303)


def _retried(
    command: Callable[[Session], Retried], back: str, case_id: UUID | None
) -> ResponseReturnValue:
    """Say what was really set going again, or why it failed once more."""
    g.case_at_fault = case_id
    try:
        done = carry_out(command)
    except Conflict as conflict:
        flash(str(conflict), "warning")
    except ProcessStopped as fault:
        flash(_failed(fault), "warning")
    else:
        flash(
            _(
                "已重新开始：后台任务 %(jobs)s 项，触发定时 %(timers)s 个。再次失败会另记异常。",
                jobs=done.jobs,
                timers=done.timers,
            ),
            "success",
        )
    return redirect(back, 303)


def _failed(fault: ProcessStopped) -> str:
    """Name the step and the kind of the failure; never what anybody typed."""
    if not isinstance(fault, ElementFailed):
        return _("没有成功，一切保持原样：%(kind)s", kind=type(fault).__name__)
    return _(
        "没有成功，一切保持原样。在“%(element)s”这一步出错：%(kind)s",
        element=element_name(case_pages.newest_names(), fault.element),
        kind=type(fault.cause).__name__,
    )


def _back(page: str = "incidents") -> str:
    """Return to the case from which the button was pressed, else to the list."""
    case_id = _uuid(request.form.get("case", ""))
    if case_id is not None:
        return url_for("operations.case", case_id=case_id)
    return url_for(f"operations.{page}")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
