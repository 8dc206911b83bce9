"""The match of a declaration: solved before any lock, stored with the hash of what it was made of.

The solver always gives the same answer to the same inputs, so a page may solve and show a match
without storing it; the next command that needs one stores it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.clock import local
from engine.declaration import graduation, graduation_words
from engine.declaration.match_reading import inputs_of, standing_of
from engine.declaration.matching import (
    Choices,
    Inputs,
    Match,
    MatchBroken,
    inputs_hash,
    recheck,
    solve,
)
from engine.declaration.models import (
    CheckKind,
    CourseMatch,
    Declaration,
    GraduationCheck,
)

REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Solved:
    """A match and what it was made of."""

    inputs: Inputs
    match: Match
    hash: str


def solve_for(session: Session, declaration: Declaration) -> Solved:
    """Read the inputs and solve them; nothing is written."""
    inputs = inputs_of(session, declaration)
    return Solved(inputs, _solved(inputs), inputs_hash(inputs))


def mark_stale(session: Session, declaration: Declaration) -> None:
    """Say that the inputs may have changed; whoever shows or posts the match solves it anew."""
    _row(session, declaration.id).is_stale = True


def keep(session: Session, declaration: Declaration, solved: Solved, now: datetime) -> None:
    """Store a match that was solved before the lock."""
    row = _row(session, declaration.id)
    row.match, row.inputs_hash = solved.match.as_json, solved.hash
    row.is_stale, row.solved_at = False, now


def still_holds(session: Session, declaration: Declaration) -> Solved | None:
    """Return the stored match if its inputs are unchanged and it keeps every rule, else None."""
    row = _row(session, declaration.id)
    inputs = inputs_of(session, declaration)
    if row.is_stale or row.inputs_hash != inputs_hash(inputs) or not row.match:
        return None
    match = Match.from_json(row.match)
    try:
        recheck(inputs, match)
    except MatchBroken:
        return None
    return Solved(inputs, match, row.inputs_hash)


def choose(session: Session, declaration: Declaration, choices: Choices) -> None:
    """Take over the candidate's own choices; those before stay for undo."""
    row = _row(session, declaration.id)
    row.past_choices = [*row.past_choices, row.choices][-20:]
    row.choices, row.is_stale = choices.as_json, True


def choices_of(session: Session, declaration_id: UUID) -> Choices:
    return Choices.from_json(_row(session, declaration_id).choices)


def undo(session: Session, declaration: Declaration) -> bool:
    """Go back to the choices before; False when there are none."""
    row = _row(session, declaration.id)
    if not row.past_choices:
        return False
    *earlier, last = row.past_choices
    row.choices, row.past_choices, row.is_stale = last, earlier, True
    return True


def can_undo(session: Session, declaration_id: UUID) -> bool:
    past = session.scalar(
        select(CourseMatch.past_choices).where(CourseMatch.declaration_id == declaration_id)
    )
    return bool(past)


def checklist(declaration: Declaration, solved: Solved, now: datetime) -> graduation.Checklist:
    standing = standing_of(declaration, local(now).date())
    return graduation.check(solved.inputs, solved.match, standing)


def record_check(
    session: Session,
    declaration: Declaration,
    found: graduation.Checklist,
    kind: CheckKind,
    now: datetime,
) -> None:
    """Keep what was found, line by line."""
    session.add(
        GraduationCheck(
            declaration_id=declaration.id,
            kind=kind,
            is_met=found.is_met,
            courses=found.courses,
            credits=found.credits,
            lines=[line.as_json for line in found.lines],
            checked_at=now,
        )
    )


def checklist_view(session: Session, declaration: Declaration, now: datetime) -> Mapping[str, Any]:
    """The conditions in words, for pages and for the transcript."""
    found = checklist(declaration, solve_for(session, declaration), now)
    return {
        "lines": [
            {
                "number": line.number,
                "title": graduation_words.title_of(line),
                "verdict": line.verdict.value,
                "word": graduation_words.verdict_word(line.verdict),
                "text": graduation_words.explain(line),
            }
            for line in found.lines
        ],
        "is_met": found.is_met,
        "courses": found.courses,
        "min_courses": found.min_courses,
        "credits": found.credits,
        "min_credits": found.min_credits,
    }


_solved = lru_cache(maxsize=REMEMBERED)(solve)


def _row(session: Session, declaration_id: UUID) -> CourseMatch:
    row = session.scalar(select(CourseMatch).where(CourseMatch.declaration_id == declaration_id))
    if row is None:
        row = CourseMatch(
            declaration_id=declaration_id, is_stale=True, match={}, choices={}, past_choices=[]
        )
        session.add(row)
        session.flush()
    return row
