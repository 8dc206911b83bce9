"""`bishen fsck`: what must be true of the data whatever happened, each thing under its name."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from engine.db import Database
from engine.declaration.consistency import (
    audit,
    cases,
    certificates,
    declarations,
    exemptions,
    files,
    orphans,
    payments,
    people,
    personal,
    releases,
    sealed,
    seats,
)
from engine.declaration.consistency.projections import CASE_RULES
from engine.declaration.consistency.standing import open_cases
from engine.declaration.consistency.survey import Broken, Finding, Rule, Survey
from engine.files import FileStore
from engine.releases import Library

__all__ = ["CASE_RULES", "RULES", "Broken", "broken_invariants"]

RULES: Mapping[str, Rule] = {
    "seats-counted": seats.counted,
    "one-seat": seats.one_each,
    "seat-states": seats.states_fit,
    "seats-of-live-declarations": seats.of_live_declarations,
    "declarations-follow-cases": declarations.follow_their_cases,
    "declaration-states": declarations.states_fit,
    "submitted-complete": declarations.submitted_are_complete,
    "exemptions-decided": exemptions.decided_by_a_decision,
    "decisions-claimed": exemptions.decided_under_a_claim,
    "submissions-fit": exemptions.submissions_fit,
    "certificate-numbers": certificates.numbers_have_their_owner,
    "certificate-owners": certificates.belong_to_the_declarant,
    "payments-as-ordered": payments.paid_is_what_was_ordered,
    "notices-took-effect": payments.notices_took_effect,
    "paid-once": payments.once_for_a_case,
    "refunds-fit": payments.refunds_fit,
    "file-contents": files.contents_are_whole,
    "file-references": files.references_have_rows,
    "file-digests": files.digests_agree,
    "ended-cases-quiet": cases.ended_are_quiet,
    "answers-complete": cases.answers_are_complete,
    "replies-belong": cases.replies_belong,
    "inboxes-counted": cases.inboxes_are_counted,
    "four-eyes": cases.four_eyes,
    "audit-chains": audit.chains_hold,
    "release-bytes": releases.bytes_are_unchanged,
    "releases-usable": releases.cases_can_go_on,
    "codes-in-time": people.codes_were_used_in_time,
    "sign-ins-allowed": people.sign_ins_are_allowed,
    "sealed-opens": sealed.open_with_the_key,
    "indexes-agree": sealed.indexes_find_their_rows,
    "personal-data": personal.stay_in_their_columns,
    "references": orphans.every_reference_leads_somewhere,
}
"""What must hold over all rows. What must hold for each open case is in `CASE_RULES`."""


def broken_invariants(
    database: Database, store: FileStore, library: Library, now: datetime
) -> list[Broken]:
    """Return everything that is broken, invariant by invariant. Nothing is written."""
    with database.read() as session:
        survey = Survey(session, store, library, now)
        survey.hold_still()
        return [
            *(broken for name, rule in RULES.items() for broken in _checked(name, rule(survey))),
            *_of_open_cases(survey),
        ]


def _of_open_cases(survey: Survey) -> Iterator[Broken]:
    """Resume each open case once; put together what is broken in the same way."""
    found = [
        broken
        for standing in open_cases(survey)
        for name, rule in CASE_RULES.items()
        for broken in _checked(name, rule(standing))
    ]
    places = {name: place for place, name in enumerate(CASE_RULES)}
    yield from sorted(found, key=lambda broken: places[broken.invariant])


def _checked(name: str, findings: Iterable[Finding]) -> Iterator[Broken]:
    """Yield what a rule found; data too damaged for the rule to read is broken, too."""
    try:
        for where, text in findings:
            yield Broken(name, where, text)
    except Exception as cause:  # noqa: BLE001 -- the other rules still have something to say
        yield Broken(name, "", f"could not be checked: {type(cause).__name__}")
