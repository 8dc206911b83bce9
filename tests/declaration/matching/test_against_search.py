"""On small random plans the solver reaches exactly what trying everything reaches."""

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.declaration.matching import (
    Choices,
    Course,
    Group,
    Inputs,
    Minimum,
    Record,
    Rule,
    Waiver,
    solve,
)
from engine.declaration.matching.solver import best_options
from engine.declaration.matching.ways import options_of
from tests.declaration.matching.plans import plan
from tests.declaration.matching.search import best_goals, first_choice

SLOTS = [f"0000{n}" for n in range(6)]
OLD = ["00090", "00091", "00092"]
EARLY, LATE = date(2005, 4, 1), date(2020, 4, 1)


@st.composite
def questions(draw) -> Inputs:
    codes = draw(st.permutations(SLOTS))
    sizes = draw(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 4)))
    credits_ = st.integers(0, 5)
    made = [Course(code, code, draw(credits_)) for code in codes]
    required, rest = made[: sizes[0]], made[sizes[0] :]
    languages, rest = rest[: sizes[1]], rest[sizes[1] :]
    electives = _paired(draw, rest[: sizes[2]])
    rules = draw(st.lists(_rules(), max_size=4, unique_by=lambda r: r.id))
    return Inputs(
        plan(
            Group("required", "all", tuple(required)),
            _languages(draw, languages),
            Group("elective", "choose", tuple(electives), draw(_minima())),
            min_courses=draw(st.integers(0, 6)),
        ),
        tuple(draw(_records())),
        tuple(rules),
        tuple(Waiver(f"w{c}", c) for c in draw(st.sets(st.sampled_from(SLOTS), max_size=2))),
        choices=Choices(cleared=frozenset(draw(st.sets(st.sampled_from(SLOTS), max_size=1)))),
    )


def _paired(draw, courses: list[Course]) -> list[Course]:
    """Sometimes make the second course the practical part of the first."""
    if len(courses) > 1 and draw(st.booleans()):
        theory, practice = courses[:2]
        courses[1] = Course(practice.code, practice.name, practice.credits, theory.code)
    return courses


def _languages(draw, courses: list[Course]) -> Group:
    minima = draw(st.sampled_from([(), (Minimum(courses=1),)]))
    return Group(
        "language", "choose", tuple(courses), minima, max_courses=1, tag="foreign_language"
    )


def _minima():
    sizes = st.tuples(st.integers(0, 3), st.integers(0, 12))
    conditional = st.tuples(sizes, sizes).map(
        lambda two: (
            Minimum(*two[0], when="foreign_language_passed"),
            Minimum(*two[1], when="foreign_language_not_taken"),
        )
    )
    return st.one_of(conditional, sizes.map(lambda one: (Minimum(*one),)), st.just(()))


def _rules():
    codes = st.lists(st.sampled_from(SLOTS + OLD), min_size=1, max_size=2, unique=True)
    return st.builds(
        lambda number, sources, targets, before: Rule(
            f"SUB-{number}", tuple(sources), tuple(targets), before
        ),
        st.integers(1, 9),
        codes,
        codes,
        st.sampled_from([None, None, date(2010, 1, 1)]),
    )


def _records():
    one = st.tuples(
        st.sampled_from(SLOTS + OLD), st.sampled_from([55, 60, 80]), st.sampled_from([EARLY, LATE])
    )
    return st.lists(one, max_size=5).map(
        lambda rows: [Record(f"r{n}", *row) for n, row in enumerate(rows)]
    )


@settings(max_examples=150, deadline=None)
@given(questions())
def test_no_match_is_better_than_the_one_found(question):
    assert solve(question).goals == best_goals(question)


@settings(max_examples=75, deadline=None)
@given(questions())
def test_of_equally_good_matches_the_one_with_the_lowest_codes_is_found(question):
    assume(len(options_of(question)) <= 9)
    found = best_options(question)
    assert found == first_choice(question, solve(question).goals)


@settings(max_examples=75, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_changes_nothing(question, random):
    shuffled = Inputs(
        question.plan,
        tuple(random.sample(question.records, len(question.records))),
        tuple(random.sample(question.rules, len(question.rules))),
        tuple(random.sample(question.waivers, len(question.waivers))),
        choices=question.choices,
    )
    assert solve(shuffled) == solve(question)
