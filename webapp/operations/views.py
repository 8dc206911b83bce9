"""Pages to look at: the overview, the list of cases, one case, incidents and dead jobs."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engine.cases import case_lists, incident_lists
from engine.cases.case_board import staff_names
from engine.cases.overview import overview as look_over
from engine.cases.paging import Position
from engine.declaration.sites import site_names
from engine.jobs.procrastinate import last_heartbeat
from webapp.access import staff
from webapp.database import reading
from webapp.engine import engine
from webapp.operations import acts, case_pages, filters, wording
from webapp.operations.blueprint import LOOK, blueprint
from webapp.operations.history import element_name

__all__ = ["acts", "blueprint"]
"""The acts add their addresses to the blueprint when they are imported."""


@blueprint.get("/")
@staff(*LOOK)
def overview() -> ResponseReturnValue:
    now = engine().clock.now()
    done = incident_lists.newest_acts(reading())
    return render_template(
        "operations/overview.html",
        tab="overview",
        found=look_over(reading(), now),
        heartbeat=last_heartbeat(reading()),
        process_name=case_pages.process_names(),
        words=wording,
        acts=done,
        staff_names=staff_names(reading(), {act.actor_id for act in done}),
    )


@blueprint.get("/cases")
@staff(*LOOK)
def cases() -> ResponseReturnValue:
    fields = filters.typed(request.args)
    after = Position.parse(request.args.get("after", ""))
    page = case_lists.cases_page(reading(), filters.filter_of(fields), after)
    return render_template(
        "operations/cases.html",
        tab="cases",
        page=page,
        fields=fields,
        unreadable=filters.unreadable(fields),
        following=filters.query(fields, page.following),
        is_first=after is None,
        choices=case_lists.choices(reading()),
        workflows_begun=case_pages.workflows_begun(),
        process_name=case_pages.process_names(),
        sites=site_names(reading()),
        words=wording,
        now=engine().clock.now(),
    )


@blueprint.get("/cases/<uuid:case_id>")
@staff(*LOOK)
def case(case_id: UUID) -> ResponseReturnValue:
    return case_pages.show(case_id)


@blueprint.get("/incidents")
@staff(*LOOK)
def incidents() -> ResponseReturnValue:
    settled = request.args.get("settled") == "yes"
    after = Position.parse(request.args.get("after", ""))
    page = incident_lists.incidents_page(reading(), after, settled=settled)
    people = {
        account_id
        for row in page.rows
        for account_id in (row.incident.taken_by, row.incident.resolved_by)
        if account_id
    }
    return render_template(
        "operations/incidents.html",
        tab="incidents",
        page=page,
        settled=settled,
        staff_names=staff_names(reading(), people),
        names=case_pages.newest_names(),
        element_name=element_name,
        words=wording,
        may_act=case_pages.may_act(),
    )


@blueprint.get("/jobs")
@staff(*LOOK)
def jobs() -> ResponseReturnValue:
    after = Position.parse(request.args.get("after", ""))
    page = incident_lists.dead_jobs_page(reading(), after)
    people = {row.incident.taken_by for row in page.rows if row.incident and row.incident.taken_by}
    return render_template(
        "operations/jobs.html",
        tab="jobs",
        page=page,
        staff_names=staff_names(reading(), people),
        words=wording,
        may_act=case_pages.may_act(),
    )
