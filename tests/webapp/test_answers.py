"""A form is believed for what it asks, and for nothing else."""

from uuid import uuid4

import zstandard
from sqlalchemy import select

from engine.cases import queries
from engine.cases.models import Answer, Case, CaseState, Event, WorkItem
from engine.files import File
from tests.webapp import walk
from tests.webapp.site import person

FORGED = {
    "approved": "true",
    "paid": "1",
    "seat_id": str(uuid4()),
    "reviewer": "me",
    "__class__": "x",
    "__init__.__globals__": "x",
    "constructor.prototype": "x",
    "declaration.is_undergraduate": "false",
    "identity.name": "某人",
    "case.status": "finished",
}


def answer(site, element):
    with site.engine.database.read() as session:
        case = session.scalars(select(Case)).one()
        return queries.last_answer(session, case.id, element)


def state(site):
    with site.engine.database.read() as session:
        content = session.scalars(select(CaseState)).one().content
    return zstandard.ZstdDecompressor().decompressobj().decompress(content[1:]).decode()


def test_fields_that_nobody_asked_for_reach_nothing(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **typed, **FORGED)
    assert visitor.page.title == walk.DELIVERY
    kept = answer(site, "fill_information")
    assert kept["native_place"] == "山东青岛"
    assert not FORGED.keys() & kept.keys()
    assert "某人" not in str(kept)
    assert not [name for name in ("seat_id", "__class__", "approved") if name in state(site)]
    with site.engine.database.read() as session:
        (event,) = session.scalars(select(Event).where(Event.kind == "unknown fields dropped"))
    assert set(event.detail["names"]) >= {"approved", "paid", "seat_id", "__class__"}
    assert "true" not in str(event.detail)


def test_what_a_condition_hides_is_dropped(go_on):
    """Who was never employed has no month in which work began, whatever was posted."""
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **typed, not_employed="true")
    kept = answer(site, "fill_information")
    assert kept["not_employed"] is True
    assert "work_start" not in kept


def test_what_is_only_shown_cannot_be_posted(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **{**typed, "sex": "2", "birth_date.year": "2001"})
    kept = answer(site, "fill_information")
    assert kept.get("sex") != "2"
    assert "2001" not in str(kept.get("birth_date"))


def test_a_choice_that_is_not_offered_is_refused(go_on):
    site, visitor = go_on("application")
    batch = walk.option(visitor, "batch", "崂山区现场审核点 · 第 3 批")
    visitor.press("下一步", category="professor", batch=batch, status=422)
    visitor.press("下一步", category="undergraduate", batch=batch, status=422)
    visitor.press("下一步", category="junior_college", batch=str(uuid4()), status=422)
    assert answer(site, "apply") is None


def test_one_wrong_field_costs_nothing_that_was_typed(go_on):
    _site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    wrong = {**typed, "phone": "12345", "prior_number": "!"}
    page = visitor.press("下一步", files, status=422, **wrong)
    assert len(page.errors) == 2
    assert [page.value(name) for name in wrong] == list(wrong.values())
    assert "毕业证.jpg" in page.main
    assert page.title == walk.INFORMATION
    assert page.soup.title.get_text().startswith("有误：")


def test_a_file_that_came_with_a_wrong_field_need_not_come_again(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, status=422, **{**typed, "phone": "12345"})
    assert not visitor.page.soup.select("#field-prior_evidence-error")
    visitor.press("下一步", phone=typed["phone"])
    assert visitor.page.title == walk.DELIVERY
    kept = answer(site, "fill_information")["prior_evidence"]
    file_id = (kept[0] if isinstance(kept, list) else kept)["file_id"]
    with site.engine.database.read() as session:
        assert str(file_id) in {str(f.id) for f in session.scalars(select(File))}


def test_a_file_survives_one_more_row_and_other_conditions(go_on):
    _site, visitor = go_on("information")
    typed, files = walk.information("S1")
    visitor.press("_add=resume", files, **typed)
    assert "毕业证.jpg" in visitor.page.main
    assert visitor.page.value("native_place") == "山东青岛"
    walk.upload_photo(visitor)
    assert "毕业证.jpg" in visitor.page.main
    visitor.press("下一步", **{**typed, "resume.0.start.year": "", "work_start.year": "2018"})
    assert visitor.page.title == walk.DELIVERY


def test_a_megabyte_in_a_field_is_refused(go_on):
    site, visitor = go_on("information")
    page = visitor.press("下一步", self_appraisal="字" * 200_000, status=413)
    assert page.title
    page = visitor.open(f"/work-items/{work_item(site)}")
    page = visitor.press("下一步", self_appraisal="字" * 60_000, status=422)
    assert page.errors


def work_item(site):
    with site.engine.database.read() as session:
        return session.scalars(
            select(WorkItem.id).where(WorkItem.element == "fill_information")
        ).one()


def test_an_answer_is_kept_once_and_sealed(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **typed)
    with site.engine.database.read() as session:
        rows = session.scalars(select(Answer).where(Answer.element == "fill_information")).all()
    assert len(rows) == 1
    assert "市南区演示路".encode() not in rows[0].values_sealed


def test_what_the_registry_knows_is_filled_in_and_sex_is_said_once(go_on):
    _site, visitor = go_on("information")
    who = person("S1")
    assert visitor.page.value("prior_major") == who.prior_major
    assert visitor.page.value("phone") == who.mobile
    assert visitor.page.main.count("出生年月") == 2  # Once with its value, once in the explanation.


def test_the_postage_is_told_where_the_delivery_is_chosen(go_on):
    _site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, files = walk.information("S1")
    visitor.press("下一步", files, **typed)
    assert "台湾省、香港特别行政区、澳门特别行政区 60 元" in visitor.page.main
    assert "其他地方 20 元" in visitor.page.main
