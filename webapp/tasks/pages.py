"""What the task page shows: the form's views, the errors, where the case is on its way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from engine.cases import Desk
from engine.forms import Submitted, error_links, refusals_in
from engine.i18n import chosen
from webapp.progress import steps_of
from webapp.tasks.posts import fresh_submission


def show(
    desk: Desk, submitted: Submitted | None = None, errors: Mapping[str, str] | None = None
) -> str:
    """Draw the page: what was just posted, else the draft, else the last answer."""
    entered = _entered(desk, submitted)
    views = desk.form.view(desk.context, entered, errors or {})
    if submitted is None and (errors := refusals_in(views)):
        views = desk.form.view(desk.context, entered, errors)
    return render_template(
        "tasks/page.html",
        layout="staff_layout.html" if is_staff_page() else "layout.html",
        desk=desk,
        title=chosen(desk.item.name, desk.item.name_en),
        views=views,
        primary=next((o.name for o in desk.form.outcomes if o.label and o.validates), None),
        errors=error_links(views, errors or {}),
        submission=fresh_submission(),
        steps=steps_of(desk.release, desk.item.element),
        draft_saved_at=desk.draft.saved_at if desk.draft and submitted is None else None,
        here=task_url(desk.item.id),
        task_url=task_url,
        action_url=lambda key, action: f"{task_url(desk.item.id)}/actions/{key}/{action}",
        file_url=lambda file_id: file_url(desk.item.id, file_id),
    )


def closed_page(desk: Desk) -> str:
    """A page behind an irreversible step: it says so and leads on."""
    return render_template(
        "tasks/closed.html",
        layout="staff_layout.html" if is_staff_page() else "layout.html",
        title=chosen(desk.item.name, desk.item.name_en),
        item=desk.item,
    )


def is_staff_page() -> bool:
    return request.path.startswith("/staff/")


def task_url(work_item_id: UUID) -> str:
    return url_for(".work_item", work_item_id=work_item_id)


def file_url(work_item_id: UUID, file_id: UUID | str) -> str:
    """Where the person who looks at this page finds a stored picture."""
    if is_staff_page():
        return url_for("review.file", work_item_id=work_item_id, file_id=file_id)
    return url_for("candidate.file", file_id=file_id)


def _entered(desk: Desk, submitted: Submitted | None) -> Mapping[str, Any]:
    if submitted is not None:
        return _changed_rows(desk, desk.form.bind(desk.context, submitted).entered, submitted)
    if desk.draft is not None:
        return desk.form.bind(desk.context, desk.draft.submitted).entered
    return desk.last_answer or {}


def _changed_rows(
    desk: Desk, entered: Mapping[str, Any], submitted: Submitted
) -> Mapping[str, Any]:
    if "_add" in submitted.values:
        return desk.form.row_added(entered, submitted.first("_add"))
    if "_remove" in submitted.values:
        return desk.form.row_removed(entered, submitted.first("_remove"))
    return entered
