"""What the server lays out of a diagram: words that fit, states that are seen, calls to follow."""

import pytest

from engine.bpmn import pictures_of
from engine.i18n import speaking
from engine.releases import Bundle
from webapp.operations import drawing
from webapp.operations.drawing import Marks
from webapp.operations.lettering import lines_of, width_of


@pytest.fixture(scope="module")
def pictures():
    return pictures_of(Bundle.shipped().models)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("证书审核", 90, ["证书审核"]),
        ("申报准备申报季结束前", 60, ["申报准备申", "报季结束前"]),
        ("Review the certificates", 90, ["Review the", "certificates"]),
        ("Unbreakable", 10, ["Unbreakable"]),
        ("一二三四五六", 12, ["一", "二", "三", "…"]),
        ("", 90, []),
    ],
)
def test_names_are_broken_where_a_line_may_end(text, width, lines):
    assert lines_of(text, width) == lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_name_of_every_task_of_the_product_fits_into_it(pictures, language):
    with speaking(language):
        for picture in pictures.values():
            for shape in drawing.drawing_of(picture, Marks()).shapes:
                if shape.form == "task":
                    assert len(shape.words.lines) <= 4
                    assert all(width_of(line) <= shape.box.width for _y, line in shape.words.lines)


def test_the_processes_of_a_case_are_those_it_reaches_by_calls(pictures):
    reached = drawing.called_from(pictures, "graduation_declaration")
    assert reached[0] == "graduation_declaration"
    assert "certificate_review" in reached
    assert "identity_correction" not in reached
    assert drawing.called_from(pictures, "nothing") == []


def test_a_call_is_marked_while_something_in_it_is_open_however_deep(pictures):
    marks = drawing.with_calls(Marks(open=["review_certificates"]), pictures)
    assert {"certificate_review", "score_review"} <= set(marks.open)
    assert "delivery_payment" not in marks.open


def test_what_wants_attention_first_is_what_is_seen():
    marks = Marks(open=["a", "b"], waiting=["c"], failed=["a"], finished={"a", "b", "c", "d"})
    assert [marks.state_of(e) for e in "abcde"] == ["failed", "open", "waiting", "finished", ""]


def test_words_beside_a_shape_keep_off_it(pictures):
    with speaking("en"):
        shapes = drawing.drawing_of(pictures["sms_verification"], Marks()).shapes
    for shape in shapes:
        if shape.form in ("event", "gateway") and shape.words and shape.words.anchor == "middle":
            top, bottom = shape.words.lines[0][0] - 9, shape.words.lines[-1][0]
            assert bottom <= shape.box.y + 8 or top >= shape.box.y + shape.box.height - 8, shape
