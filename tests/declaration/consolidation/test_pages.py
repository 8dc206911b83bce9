"""The two pages as people see them, and S2 through the façade."""

from uuid import uuid4

import pytest

from engine.cases import Look, Submission
from engine.errors import Invalid
from engine.forms import Submitted
from engine.i18n import speaking
from tests.declaration.certificates.drawing import drawn, faults
from tests.declaration.consolidation.merging import ROWS, TABLE, merge, sources, table_of
from tests.declaration.flow.walk import Walk


def rows_of(who):
    return ROWS.facts(Look(**who.surroundings(who.world.looking())), {})


def chinese(tags) -> list[str]:
    return [tag.text for tag in tags if any("\u4e00" <= c <= "\u9fff" for c in tag.text)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_kind_of_source_has_its_own_button(quick, language):
    who = quick.declarant("S2")
    merge(who, "admission_number", admission_number="020115200777")
    with speaking(language):
        page = drawn(ROWS, rows_of(who), label="Sources")
        spoken = page.select("label, legend, button, h2, .govuk-hint, .govuk-tag")
        if language == "en":
            assert chinese(spoken) == []
    assert faults(page) == []
    outcomes = [b["value"] for b in page.select("button[name=outcome]")]
    assert outcomes == ["merge_admission_number", "merge_archive", "merge_transfer"]
    undo = page.select_one("button[name='part.undo']")
    assert undo["value"] == str(sources(who)[1].id)
    assert undo["formaction"] == "/act/part/undo"


def test_a_number_that_was_found_is_filled_in(quick):
    page = drawn(ROWS, rows_of(quick.declarant("S2")))
    assert page.select_one("[name='part.admission_number']")["value"] == "020115200777"


def test_the_own_province_is_no_place_outside(quick):
    page = drawn(ROWS, rows_of(quick.declarant("S4")))
    inside, outside = page.select("optgroup")
    assert "370700" in {option["value"] for option in inside.select("option")}
    assert "370000" not in {option["value"] for option in outside.select("option")}
    assert len(outside.select("option")) == 33


def test_what_was_typed_and_what_is_wrong_stands_at_each_field(quick):
    errors = {
        name: f"错在 {name}" for name in ("admission_number", "major", "sequence", "place", "year")
    }
    typed = {
        "admission_number": '"><script>',
        "major": "2033",
        "sequence": "417",
        "place": "130000",
        "year": "2016",
        "month": "1",
    }
    page = drawn(ROWS, rows_of(quick.declarant("S4")), posted=typed, errors=errors)
    assert faults(page) == []
    assert not page.select("script")
    for name in errors:
        assert page.find(id=f"field-part-{name}").name in ("input", "select")
        assert f"错在 {name}" in page.find(id=f"field-part-{name}-error").text
    assert [option["value"] for option in page.select("option[selected]")] == [
        "130000",
        "2016",
        "1",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_score_has_a_box_that_says_which_it_is(quick, language):
    who = quick.declarant("S2")
    merge(who, "admission_number", admission_number="020115200777")
    with speaking(language):
        page = drawn(TABLE, table_of(who), label="Scores")
        if language == "en":
            assert chinese(page.select("thead th, .govuk-tag, .app-total")) == []
    assert faults(page) == []
    boxes = page.select("input[name='part.pick']")
    assert (len(boxes), len(page.select("input[checked]"))) == (17, 15)
    assert all(cell.get("data-label") for cell in page.select("tbody td:not(.app-table__pick)"))
    assert len(page.select(".app-row--changed")) == 4


def test_what_was_ticked_stays_ticked_beside_the_refusal(quick):
    who = quick.declarant("S2")
    merge(who, "admission_number", admission_number="020115200777")
    first = str(table_of(who)["rows"][0]["id"])
    page = drawn(TABLE, table_of(who), posted={"pick": first}, errors={"": "勾选了两个成绩"})
    assert [box["value"] for box in page.select("input[checked]")] == [first]
    assert "勾选了两个成绩" in page.select_one(".govuk-error-message").text


def test_s2_walks_from_a_merge_over_the_choice_to_the_application(engine):
    walk = Walk.begin(engine, "S2")
    walk.verify()
    walk.post(
        "consolidate_scores",
        "merge_admission_number",
        {"sources.admission_number": "020117200005"},
    )
    assert walk.at() == ["consolidate_scores"]
    walk.post(
        "consolidate_scores",
        "merge_admission_number",
        {"sources.admission_number": "020115200777"},
    )
    assert walk.at() == ["select_scores"]
    with engine.database.read() as session:
        desk = engine.cases.desk(session, walk.person, walk.open()["select_scores"].id)
    rows = desk.context["selection"]["rows"]
    with pytest.raises(Invalid, match="00067"):
        _tick(walk, rows)
    reply = _tick(walk, [row for row in rows if row["is_ticked"]])
    assert reply.notice == "成绩归一成功"
    walk.post("consolidate_scores", "next")
    assert walk.at() == ["apply"]


def _tick(walk, rows):
    """Post several boxes of one name, which `Walk.post` does not."""
    item = walk.open()["select_scores"]
    said = Submitted({"selection.pick": [str(row["id"]) for row in rows]})
    submission = Submission(uuid4(), item.version, said)
    with walk.engine.database.read() as session:
        prepared = walk.engine.cases.prepare(
            session, walk.person, item.id, submission, outcome="confirm"
        )
    with walk.engine.database.write() as session:
        return walk.engine.cases.complete(session, prepared)
