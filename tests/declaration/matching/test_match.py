"""A stored match: it comes back as it was, is re-checked, and its digest says when it is stale."""

import json
from dataclasses import replace

import pytest

from engine.declaration.matching import (
    Choices,
    Match,
    MatchBroken,
    Waiver,
    inputs_hash,
    recheck,
    solve,
)
from tests.declaration.matching.plans import asked, electives, plan, records, required, rule

QUESTION = asked(
    plan(required("12656", "00041"), electives("00012"), min_courses=3),
    records("03707", "00041"),
    rule("S8", "03707", "12656"),
    waivers=(Waiver("w1", "00012"),),
)


def test_a_match_survives_being_stored():
    match = solve(QUESTION)
    assert Match.from_json(json.loads(json.dumps(match.as_json))) == match


def test_the_match_found_passes_its_recheck():
    recheck(QUESTION, solve(QUESTION))


def test_a_match_without_any_record_is_empty():
    match = solve(asked(plan(required("00041")), ()))
    assert (match.fills, match.surplus) == ((), ())


def _with_fill(match: Match, place: int, **changes) -> Match:
    fills = list(match.fills)
    fills[place] = replace(fills[place], **changes)
    return replace(match, fills=tuple(fills))


@pytest.mark.parametrize(
    "forge",
    [
        lambda m: _with_fill(m, 0, production="r00041"),
        lambda m: replace(m, fills=m.fills[:1]),
        lambda m: replace(m, fills=(*m.fills, m.fills[0])),
        lambda m: replace(m, goals=replace(m.goals, credits=m.goals.credits + 1)),
        lambda m: _with_fill(m, 0, slot="99999"),
    ],
    ids=["a record that does not lead there", "a fill less", "twice", "more credits", "no course"],
)
def test_a_forged_match_does_not_pass(forge):
    with pytest.raises(MatchBroken):
        recheck(QUESTION, forge(solve(QUESTION)))


def test_a_match_of_other_records_does_not_pass():
    with pytest.raises(MatchBroken):
        recheck(replace(QUESTION, records=records("00041")), solve(QUESTION))


@pytest.mark.parametrize(
    "change",
    [
        {"records": records("03707")},
        {"records": records("03707", "00041", mark=71)},
        {"rules": ()},
        {"waivers": ()},
        {"prior_major": "会计"},
        {"choices": Choices().clear("00012")},
        {"plan": replace(QUESTION.plan, min_courses=4)},
    ],
    ids=["a record less", "another mark", "rules", "waivers", "prior major", "choices", "plan"],
)
def test_the_digest_changes_with_whatever_the_match_depends_on(change):
    assert inputs_hash(replace(QUESTION, **change)) != inputs_hash(QUESTION)


def test_the_digest_does_not_depend_on_the_order_of_the_records():
    reordered = replace(QUESTION, records=QUESTION.records[::-1])
    assert inputs_hash(reordered) == inputs_hash(QUESTION)
