"""The audit of every case: each line seals the one before it, and none is missing."""

from collections.abc import Iterator

from sqlalchemy import select

from engine.cases.events import first_broken_line
from engine.cases.models import Case
from engine.declaration.consistency.survey import Finding, Survey


def chains_hold(survey: Survey) -> Iterator[Finding]:
    for case in survey.each(select(Case).order_by(Case.id)):
        number = first_broken_line(survey.session, case)
        if number is not None:
            yield f"case {case.number}", f"its audit is broken at line {number}"
