"""What a form bound, it shows; what it shows, posted again, binds to the same."""

import re
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from engine.forms.posting import posted_for
from tests.forms.documents import choices, component, form_of

TEXT = re.compile(r"\S(.*\S)?", re.DOTALL)
FORM = form_of(
    component("textfield", "line"),
    component("textarea", "lines"),
    component("number", "number"),
    component("datetime", "day"),
    component("radio", "one", values=choices("a", "b")),
    component("checklist", "some", values=choices("a", "b", "c")),
    component("checkbox", "tick"),
    component(
        "dynamiclist",
        path="rows",
        label="rows",
        components=[component("textfield", "place"), component("checkbox", "still")],
    ),
    component("group", path="inner", components=[component("textfield", "deep")]),
)

line = some.none() | some.text("张三abc <&\"'{}", min_size=1, max_size=20).map(str.strip).filter(
    bool
)
VALUES = some.fixed_dictionaries(
    {
        "line": line,
        "lines": line | some.just("一\n\n二"),
        "number": some.none() | some.decimals(-(10**9), 10**9, places=2),
        "day": some.none() | some.dates(date(1900, 1, 1), date(2100, 12, 31)),
        "one": some.sampled_from([None, "a", "b"]),
        "some": some.sets(some.sampled_from("abc")).map(sorted),
        "tick": some.booleans(),
        "rows": some.lists(
            some.fixed_dictionaries({"place": line.filter(bool), "still": some.booleans()}),
            max_size=4,
        ),
        "inner": some.fixed_dictionaries({"deep": line}),
    }
)


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_values_survive_being_shown_and_posted_again(values):
    bound = FORM.bind({}, posted_for(FORM.components, values))
    assert (bound.values, bound.errors, bound.unknown) == (values, {}, [])
    again = FORM.bind({}, posted_for(FORM.components, bound.entered))
    assert again.values == values


@given(some.dictionaries(some.text(max_size=30), some.lists(some.text(max_size=30), max_size=3)))
@settings(max_examples=80, deadline=None)
def test_no_post_whatever_can_break_the_form(posted):
    bound = FORM.bind({}, posted)
    FORM.view({}, bound.entered, bound.errors)
    assert bound.unknown == [name for name in posted if name in bound.unknown]


NAMES = [
    "line",
    "number",
    "day.year",
    "one",
    "some",
    "tick",
    "rows.0.place",
    "rows.1._row",
    "inner.deep",
]


@given(some.dictionaries(some.sampled_from(NAMES), some.lists(some.text(max_size=30), max_size=3)))
@settings(max_examples=120, deadline=None)
def test_whatever_is_posted_is_typed_or_refused(posted):
    bound = FORM.bind({}, posted)
    assert isinstance(bound.values["number"], Decimal | None)
    assert isinstance(bound.values["day"], date | None)
    assert bound.values["one"] in (None, "a", "b")
    assert set(bound.values["some"] or ()) <= set("abc")
    assert bound.values["line"] is None or TEXT.fullmatch(bound.values["line"])
    FORM.view({}, bound.entered, bound.errors)
