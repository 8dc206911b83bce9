"""The transcript and the print centre as pages show them, in both languages."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.clock import local
from engine.declaration.components.print_centre import PrintCentre
from engine.declaration.components.transcript_table import TranscriptTable
from engine.declaration.documents import printing
from engine.declaration.models import SourceKind
from engine.forms.view import View
from engine.i18n import gettext, speaking

TEMPLATES = Path(__file__).parents[3] / "webapp" / "templates"
SETTINGS = {"print_advice": {"zh": "请用 A4 纸。\n请换谷歌浏览器。", "en": "Print on A4."}}


@pytest.fixture
def press(monkeypatch):
    monkeypatch.setattr(printing, "render", lambda html, *, assets: html.encode())


def drawn(component, facts, label="打印选择"):
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals.update(
        _=gettext, here="/work-items/1", action_url=lambda key, action: f"/act/{key}/{action}"
    )
    environment.filters.update(
        month=lambda day: f"{day:%Y-%m}", moment=lambda when: f"{local(when):%Y-%m-%d %H:%M}"
    )
    view = View(type=component.type, name="part", id="field-part", label=label, facts=facts)
    html = environment.get_template(f"components/{component.type}.html").render(view=view)
    return BeautifulSoup(html, "html5lib")


def facts_of(world, component):
    with world.database.read() as session:
        return component.facts(world.look(session, SETTINGS), {})


def test_the_transcript_is_shown_in_plan_order_with_sums(make_world):
    world = make_world()
    page = drawn(TranscriptTable(), facts_of(world, TranscriptTable()))
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert len(rows) == 15
    assert rows[0] == "03708 中国近现代史纲要 2 68 2021-04 020120100001"
    assert "行政管理毕业论文" in rows[-1]
    assert page.select_one(".app-total strong").text == "合计 14 / 14 门，71 / 71 学分"
    assert all(cell.get("data-label") for cell in page.select("tbody td"))


def test_remarks_are_said_in_the_language_of_the_page(make_world):
    world = make_world("S3")
    world.merge(SourceKind.ARCHIVE, major_part="02033", sequence_part="00417")
    facts = facts_of(world, TranscriptTable())
    assert "顶替(原 00002)" in drawn(TranscriptTable(), facts).text
    with speaking("en"):
        english = drawn(TranscriptTable(), facts, label="Transcript").text
    assert "Instead of it: 00002" in english


def test_after_the_submission_the_transcript_says_that_it_is_frozen(make_world):
    world = make_world()
    world.submit()
    facts = facts_of(world, TranscriptTable())
    assert facts["frozen_at"] is not None
    assert drawn(TranscriptTable(), facts).select_one(".app-note")


def test_the_print_centre_looks_again_while_something_is_made(quick, press):
    quick.submit()
    making = drawn(PrintCentre(), facts_of(quick, PrintCentre()))
    assert making.section["data-refresh"] == "/work-items/1"
    assert [tag.text for tag in making.select(".govuk-tag")] == ["生成中"] * 3
    assert not making.select(".app-document a")
    quick.worker.run_due()
    done = drawn(PrintCentre(), facts_of(quick, PrintCentre()))
    assert not done.section.has_attr("data-refresh")
    links = done.select(".app-document a")
    assert [link["href"] for link in links] == [
        f"/documents/{quick.issues()[kind].id}.pdf"
        for kind in ("registration_form", "application_form", "transcript")
    ]
    assert all(link["target"] == "_blank" for link in links)


def test_the_advice_of_the_release_is_beside_it(make_world):
    world = make_world()
    facts = facts_of(world, PrintCentre())
    advice = drawn(PrintCentre(), facts).select(".app-note li")
    assert [line.text for line in advice] == ["请用 A4 纸。", "请换谷歌浏览器。"]
    with speaking("en"):
        assert facts_of(world, PrintCentre())["advice"] == ["Print on A4."]


def test_older_versions_are_listed_as_void_and_cannot_be_opened(quick, press):
    quick.submit()
    quick.worker.run_due()
    quick.request_all()
    page = drawn(PrintCentre(), facts_of(quick, PrintCentre()))
    assert len(page.select("details li")) == 3
    assert {tag.text for tag in page.select("details .govuk-tag")} == {"已失效"}
    assert not page.select("details a")


def test_what_cannot_be_printed_names_the_characters_and_offers_another_try(quick, press):
    quick.rename("测\U0002b740")
    quick.submit()
    quick.worker.run_due()
    page = drawn(PrintCentre(), facts_of(quick, PrintCentre()))
    assert "\U0002b740" in page.text
    assert [tag.text for tag in page.select(".govuk-tag")] == ["无法打印"] * 3
    assert page.button["formaction"] == "/act/part/reissue"
    quick.rename("测试")
    with quick.database.write() as session:
        assert "正在重新生成" in PrintCentre().act(quick.work(session), "reissue", None)
    quick.worker.run_due()
    done = facts_of(quick, PrintCentre())
    assert {document["state"] for document in done["documents"]} == {"printable"}
    assert not done["can_reissue"]


def test_nothing_is_made_anew_when_nothing_failed(quick, press):
    quick.submit()
    quick.worker.run_due()
    with quick.database.write() as session:
        assert "没有需要" in PrintCentre().act(quick.work(session), "reissue", None)
    assert {issue.version for issue in quick.issues().values()} == {1}
