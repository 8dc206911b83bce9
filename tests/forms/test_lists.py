"""Lists whose rows people add and remove."""

import pytest

from engine.forms.fields.lists import MOST_ROWS
from tests.forms.documents import component, form_of

PLACE = component("textfield", "place", label="单位", validate={"required": True})
STILL = component("checkbox", "still", label="在职")


def resume(**settings):
    described = {"label": "简历", "path": "resume", "components": [PLACE, STILL]}
    return component("dynamiclist", **{**described, **settings})


def test_rows_become_a_list():
    posted = {"resume.0.place": "厂", "resume.1.place": "店", "resume.1.still": "true"}
    assert form_of(resume()).bind({}, posted).values == {
        "resume": [{"place": "厂", "still": False}, {"place": "店", "still": True}]
    }


def test_a_blank_row_is_dropped_and_asks_for_nothing():
    bound = form_of(resume()).bind({}, {"resume.0.place": " ", "resume.0._row": ""})
    assert (bound.values, bound.errors) == ({"resume": []}, {})


def test_a_row_with_something_in_it_must_be_complete():
    posted = {"resume.0.place": "厂", "resume.1.place": "", "resume.1.still": "true"}
    assert form_of(resume()).bind({}, posted).errors == {"resume.1.place": "请填写单位。"}


def test_gaps_between_rows_close_and_errors_follow():
    posted = {"resume.7.place": "厂", "resume.30.still": "true", "resume.x.place": "?"}
    bound = form_of(resume()).bind({}, posted)
    assert bound.errors == {"resume.1.place": "请填写单位。"}
    assert bound.unknown == ["resume.x.place"]


def test_an_empty_list_can_be_refused():
    form = form_of(resume(validate={"required": True}))
    assert form.bind({}, {"resume.0.place": ""}).errors == {"resume": "简历至少填写 1 行。"}


def test_there_is_a_last_row():
    form = form_of(resume(properties={"max_rows": "2"}))
    bound = form.bind({}, {f"resume.{n}.place": "厂" for n in range(3)})
    assert bound.errors == {"resume": "简历最多填写 2 行。"}
    assert len(bound.values["resume"]) == 2


def test_thousands_of_forged_rows_cost_nothing():
    bound = form_of(resume()).bind({}, {f"resume.{n}.place": "厂" for n in range(5000)})
    assert len(bound.values["resume"]) == MOST_ROWS
    assert bound.errors == {"resume": f"简历最多填写 {MOST_ROWS} 行。"}


def test_a_condition_in_a_row_reads_that_row():
    until = component(
        "textfield", "until", validate={"required": True}, conditional={"hide": "=still"}
    )
    form = form_of(resume(components=[PLACE, STILL, until]))
    posted = {
        "resume.0.place": "厂",
        "resume.0.still": "true",
        "resume.0.until": "2020",
        "resume.1.place": "店",
    }
    bound = form.bind({}, posted)
    assert bound.values["resume"][0] == {"place": "厂", "still": True}
    assert bound.errors == {"resume.1.until": "请填写until。"}
    assert bound.hidden == ["resume.0.until"]


def test_a_row_knows_its_surroundings():
    label = component("expression", "title", expression="=string(i) + parent.mark + this.place")
    form = form_of(component("textfield", "mark"), resume(components=[PLACE, label]))
    bound = form.bind({}, {"mark": "-", "resume.0.place": "厂"})
    assert bound.values["resume"] == [{"place": "厂", "title": "1-厂"}]


def test_a_list_that_is_hidden_is_dropped_whole():
    form = form_of(component("textfield", "mark"), resume(conditional={"hide": '=mark = "x"'}))
    bound = form.bind({}, {"mark": "x", "resume.0.place": ""})
    assert (bound.values, bound.errors) == ({"mark": "x"}, {})


def test_a_row_is_added_and_removed_as_typed():
    form = form_of(resume())
    entered = form.bind({}, {"resume.0.place": "厂", "resume.1.place": "店"}).entered
    longer = form.row_added(entered, "resume")
    assert [row.get("place") for row in longer["resume"]] == ["厂", "店", None]
    shorter = form.row_removed(longer, "resume.0")
    assert [row.get("place") for row in shorter["resume"]] == ["店", None]
    assert len(entered["resume"]) == 2


@pytest.mark.parametrize(
    "place", ["resume.9", "resume", "other.0", "resume.x", "resume.²", "", "."]
)
def test_removing_what_is_not_there_changes_nothing(place):
    form = form_of(resume())
    entered = form.bind({}, {"resume.0.place": "厂"}).entered
    assert form.row_removed(entered, place) == entered


@pytest.mark.parametrize("name", ["other", "resume.0", ""])
def test_no_row_is_added_to_what_is_no_list(name):
    assert form_of(resume()).row_added({}, name) == {}


def test_a_full_list_takes_no_more_rows():
    form = form_of(resume(properties={"max_rows": "1"}))
    assert form.row_added({"resume": [{}]}, "resume") == {"resume": [{}]}
