"""Releases: the bytes are those that were published, and every case can go on with its own."""

from collections.abc import Iterator

from sqlalchemy import select

from engine.cases.models import Case
from engine.declaration.consistency.survey import Finding, Survey
from engine.releases.library import stored_bundle
from engine.releases.models import Release


def bytes_are_unchanged(survey: Survey) -> Iterator[Finding]:
    for release in survey.session.scalars(select(Release).order_by(Release.number)).all():
        if stored_bundle(survey.session, release.id).digest != release.digest:
            yield f"release {release.number}", "its files are not those that were published"


def cases_can_go_on(survey: Survey) -> Iterator[Finding]:
    """The release of every open case is there, can be read, and knows the case's process."""
    pinned = (
        select(Case.release_id, Case.workflow, Release.number)
        .outerjoin(Release, Release.id == Case.release_id)
        .where(Case.closed_at.is_(None))
        .distinct()
        .order_by(Case.release_id, Case.workflow)
    )
    for release_id, workflow, number in survey.session.execute(pinned).all():
        try:
            release = survey.library.open(survey.session, release_id)
        except Exception as cause:  # noqa: BLE001 -- whatever damaged bytes do is what we report
            yield f"release {number}", f"it can't be read: {type(cause).__name__}"
            continue
        if workflow not in release.definition.process_ids:
            yield f"release {number}", f"cases run {workflow}, which it does not have"
