"""Personal data has its sealed columns; nothing of it stands in audits, jobs and incidents."""

from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import select

from engine.cases.models import Event, Incident
from engine.declaration.consistency.survey import Finding, Survey
from engine.jobs import Job
from engine.people.personal import holds_personal

FROM_OUTSIDE = "unknown fields dropped"
"""The one line of the audit that repeats names somebody posted."""


def stay_in_their_columns(survey: Survey) -> Iterator[Finding]:
    lines = select(Event.case_id, Event.number, Event.detail).where(Event.kind != FROM_OUTSIDE)
    for case_id, number, detail in survey.rows(lines.order_by(Event.case_id, Event.number)):
        if holds_personal(_text(detail)):
            yield f"case {case_id}, event {number}", _looks("its detail")
    for job_id, payload, error in survey.rows(
        select(Job.id, Job.payload, Job.error).order_by(Job.id)
    ):
        if holds_personal(_text(payload)) or holds_personal(error or ""):
            yield f"job {job_id}", _looks("its payload or error")
    for incident_id, cause, note in survey.rows(
        select(Incident.id, Incident.cause, Incident.note).order_by(Incident.id)
    ):
        if holds_personal(f"{cause}\n{note}"):
            yield f"incident {incident_id}", _looks("its cause or note")


def _looks(what: str) -> str:
    return f"{what} holds what looks like an ID or phone number"


def _text(detail: Any) -> str:
    return orjson.dumps(detail).decode()
