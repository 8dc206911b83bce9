"""What the pages of the on-site review and of corrections draw, in both languages."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from html5lib import HTMLParser
from jinja2 import Environment, FileSystemLoader

from engine.clock import local
from engine.forms import Submitted
from engine.i18n import gettext, speaking
from tests.declaration.reviews.counter import CORRECT, REVIEW, correct, marked

TEMPLATES = Path(__file__).parents[3] / "webapp" / "templates"
PAGE = '{% from "macros/fields.html" import draw with context %}<form>{{ draw(views) }}</form>'


def drawn(views) -> BeautifulSoup:
    """Draw the views as the task page does; the markup must be valid and every id its own."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.globals.update(
        _=gettext,
        action_url=lambda key, action: f"/act/{key}/{action}",
        file_url=lambda file_id: f"/files/{file_id}",
        asset=lambda name: f"/static/{name}",
    )
    environment.filters.update(
        month=lambda day: f"{day:%Y-%m}", moment=lambda when: f"{local(when):%Y-%m-%d %H:%M}"
    )
    html = environment.from_string(PAGE).render(views=views)
    HTMLParser(strict=True).parse(
        f"<!doctype html><html><head><title>t</title></head>{html}</html>"
    )
    page = BeautifulSoup(html, "html5lib")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    for label in page.select("label[for]"):
        assert page.find(id=label["for"]), label
    for tied in page.select("[aria-describedby]"):
        assert all(page.find(id=name) for name in tied["aria-describedby"].split()), tied
    return page


def value_of(page, label: str) -> str:
    key = page.find("dt", string=label)
    return key.find_next("dd").get_text(" ", strip=True)


def names(page) -> set[str]:
    return {tag["name"] for tag in page.select("input[name], select[name], textarea[name]")}


def test_the_desk_shows_all_that_was_declared(counter):
    page = drawn(counter.views(REVIEW))
    assert value_of(page, "现场审核地点").startswith("市南区")
    assert value_of(page, "登记表发放方式") == "现场领取"
    assert value_of(page, "民族") == "汉族"
    assert value_of(page, "参加工作时间") == "2012年8月"
    assert value_of(page, "毕业证书照片").startswith("picture.jpg")
    assert [h.text for h in page.select(".app-desk__title")] == [
        "考生与批次",
        "申报考生信息",
        "成绩单",
    ]
    assert len(page.select("tbody tr")) == 15
    assert len(page.select(".app-checklist__item")) > 5
    assert "学信网在线验证码" in page.select_one(".govuk-warning-text").text
    assert len(page.select("input[name='review.original']")) == 6


def test_every_field_a_person_filled_in_can_be_sent_back_and_no_other(counter):
    marks = {name for name in names(drawn(counter.views(REVIEW))) if name.startswith("review.mark")}
    assert {"review.mark.photo", "review.mark.resume", "review.mark.work_start"} <= marks
    assert not {"review.mark.sex", "review.mark.identity", "review.mark.birth_date"} & marks
    assert {name.removeprefix("review.mark.") for name in marks} == set(counter.facts()["fields"])


def test_what_was_marked_is_still_marked_after_a_mistake(counter):
    posted = {
        n: [t] for n, t in {**marked("employer", code=""), "review.original": "id_card"}.items()
    }
    wrong = {"review.reason.employer": "请选择原因。"}
    page = drawn(counter.views(REVIEW, submitted=Submitted(posted), errors=wrong))
    assert page.find(attrs={"name": "review.mark.employer"}).has_attr("checked")
    assert page.find(attrs={"name": "review.original", "value": "id_card"}).has_attr("checked")
    assert "请选择原因。" in page.find(id="field-review-reason-employer-error").text
    assert page.find(attrs={"name": "review.mark.employer"}).find_parent("details").has_attr("open")


def test_the_candidate_sees_the_marked_fields_with_their_reasons_and_nothing_else(walk, counter):
    counter.send_back(
        marked("employer", text="见合同"), marked("prior_date"), marked("photo", "photo")
    )
    page = drawn(counter.views(CORRECT, person=walk.person))
    assert names(page) == {
        "corrections.employer",
        *(f"corrections.prior_date.{box}" for box in ("year", "month", "day")),
        *(f"corrections.photo.{part}" for part in ("image", "x", "y", "width", "height")),
    }
    assert page.find(attrs={"name": "corrections.employer"})["value"] == "青岛演示有限公司"
    assert page.find(attrs={"name": "corrections.prior_date.year"})["value"] == "2010"
    notes = [note.get_text(strip=True) for note in page.select(".app-note--warning")]
    assert notes == [
        "退回原因：与原件不一致",
        "退回原因：与原件不一致：见合同",
        "退回原因：照片不符合要求",
    ]
    with speaking("en"):
        english = drawn(counter.views(CORRECT, person=walk.person))
    assert "Differs from the original" in english.text


def test_what_was_typed_wrong_stands_there_with_its_error(walk, counter):
    counter.send_back(marked("phone"), marked("prior_date"))
    posted = Submitted({"corrections.phone": ["12"], "corrections.prior_date.year": ["二〇一〇"]})
    wrong = {"corrections.phone": "请填写11位手机号。", "corrections.prior_date.year": "只能填数字"}
    page = drawn(counter.views(CORRECT, walk.person, posted, wrong))
    phone = page.find(attrs={"name": "corrections.phone"})
    assert (phone["value"], phone["aria-invalid"]) == ("12", "true")
    assert "11位" in page.find(id="field-corrections-phone-error").text
    assert page.find(id="field-corrections-prior_date-year")["value"] == "二〇一〇"


@pytest.mark.parametrize("typed", [{}, {"corrections.family.0.name": ["测试父"]}])
def test_a_list_always_ends_with_one_blank_row(walk, counter, typed):
    counter.send_back(marked("family"))
    posted = Submitted(typed) if typed else None
    page = drawn(counter.views(CORRECT, walk.person, posted))
    rows = page.select(".app-list__row")
    assert len(rows) == (2 if typed else 1)
    assert not any(tag.get("value") for tag in rows[-1].select("input[type=text]"))
    assert f"corrections.family.{len(rows) - 1}.relation" in names(page)
    assert all(name.startswith("corrections.family.") for name in names(page))
    assert page.select_one("button[name=_update]")["value"] == "corrections.family"
    assert not page.select("button[name=_remove]")


def test_old_and_new_stand_side_by_side(walk, counter):
    counter.send_back(marked("ethnicity"), marked("employer"))
    correct(walk, {"corrections.ethnicity": "03", "corrections.employer": "青岛演示有限公司"})
    page = drawn(counter.views(REVIEW))
    assert page.select_one("del.app-diff__old").get_text(strip=True) == "汉族"
    assert page.select_one("ins.app-diff__new").get_text(strip=True) == "回族"
    assert [tag.text for tag in page.select(".app-row--changed .govuk-tag")] == ["已补正", "未改动"]
    assert "第 1 次审核" in page.select_one(".app-note").text


def test_a_markup_in_an_answer_is_only_text(walk, counter):
    counter.send_back(marked("employer"))
    correct(walk, {"corrections.employer": "<b>粗体</b>公司"})
    page = drawn(counter.views(REVIEW))
    assert not page.select("dd b")
    assert "<b>粗体</b>公司" in value_of(page, "工作单位")
