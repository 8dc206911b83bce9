"""The candidate's own choices: they hold, and what they make impossible is said."""

from engine.declaration.matching import Choices, Pin, slots_for, solve
from tests.declaration.matching.plans import asked, electives, plan, records, required, rule

TWO_WAYS = (rule("S1", "00001", "00008"), rule("S2", "00001", "00009"))


def chosen(choices: Choices):
    """One record that could fill either of two electives."""
    return asked(plan(electives("00008", "00009")), records("00001"), *TWO_WAYS, choices=choices)


def slots(match) -> list[str]:
    return [fill.slot for fill in match.fills]


def test_a_match_by_hand_wins_over_the_automatic_one():
    assert slots(solve(chosen(Choices()))) == ["00008"]
    assert slots(solve(chosen(Choices().match("00009", ("r00001",))))) == ["00009"]


def test_a_match_by_hand_wins_even_if_a_required_course_stays_empty():
    question = asked(
        plan(required("00008"), electives("00009")),
        records("00001"),
        *TWO_WAYS,
        choices=Choices().match("00009", ("r00001",)),
    )
    assert slots(solve(question)) == ["00009"]


def test_a_cleared_course_stays_empty_until_it_is_matched_by_hand():
    cleared = Choices().clear("00008").clear("00009")
    match = solve(chosen(cleared))
    assert not match.fills
    assert match.surplus == ("r00001",)
    assert slots(solve(chosen(cleared.match("00008", ("r00001",))))) == ["00008"]


def test_clearing_takes_back_a_match_by_hand():
    choices = Choices().match("00008", ("r00001",)).clear("00008")
    assert choices == Choices(cleared=frozenset({"00008"}))


def test_matching_the_same_record_elsewhere_takes_it_from_where_it_was():
    choices = Choices().match("00008", ("r00001",)).match("00009", ("r00001",))
    assert choices.pins == (Pin("00009", ("r00001",)),)


def test_a_choice_that_the_records_no_longer_allow_is_named_and_ignored():
    gone = Choices().match("00009", ("r77777",))
    match = solve(chosen(gone))
    assert match.void_choices == (Pin("00009", ("r77777",)),)
    assert slots(match) == ["00008"]


def test_the_courses_that_records_could_fill_are_offered_in_plan_order():
    many = rule("S3", "00001 00002", "00007")
    question = asked(
        plan(electives("00009", "00008", "00007")), records("00001", "00002"), *TWO_WAYS, many
    )
    assert slots_for(question, ("r00001",)) == ["00009", "00008"]
    assert slots_for(question, ("r00002", "r00001")) == ["00007"]
    assert slots_for(question, ("r00002",)) == []


def test_a_cleared_course_is_offered_for_matching_by_hand():
    assert slots_for(chosen(Choices().clear("00008")), ("r00001",)) == ["00008", "00009"]


def test_choices_survive_being_stored():
    choices = Choices().match("00009", ("r2", "r1")).clear("00008")
    assert Choices.from_json(choices.as_json) == choices
