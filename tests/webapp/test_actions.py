"""A button that acts within a page loses nothing of what stands on the rest of it."""

from uuid import uuid4

from sqlalchemy import func, select

from engine.cases import values
from engine.cases.models import Draft, WorkItem
from engine.files import File, records
from tests.webapp import walk

TYPED = {"native_place": "山东即墨", "home_address": "市南区演示路9号", "employer": ""}


def chosen(content=None):
    """The photo to be uploaded, and the picture of a diploma that was chosen beside it."""
    _name, diploma, kind = walk.evidence("S1")
    return {
        "photo.image": walk.portrait(),
        "prior_evidence": ("毕业证.jpg", diploma if content is None else content, kind),
    }


def typed_is_there(page):
    return [page.value(name) for name in TYPED] == list(TYPED.values())


def banner(page):
    (found,) = page.soup.select(".govuk-notification-banner")
    return found.get_text(" ", strip=True)


def count(site, table):
    with site.engine.database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_photo_is_uploaded_and_the_rest_of_the_form_stays(go_on):
    site, visitor = go_on("information")
    visitor.press("上传照片", chosen(), **TYPED)
    assert "照片已上传" in banner(visitor.page)
    assert typed_is_there(visitor.page)
    assert "毕业证.jpg" in visitor.page.main
    assert count(site, File) == 2
    fields, _files = walk.information("S1")
    visitor.press("下一步", **fields)
    assert visitor.page.title == walk.DELIVERY


def test_a_photo_that_is_refused_leaves_the_rest_of_the_form(go_on):
    _site, visitor = go_on("information")
    address = visitor.page.path
    bad = {**chosen(), "photo.image": ("x.jpg", b"no picture", "image/jpeg")}
    visitor.press("上传照片", bad, status=422, **TYPED)
    for page in (visitor.page, visitor.open(address)):
        assert typed_is_there(page)
        assert "毕业证.jpg" in page.main


def test_an_action_on_a_page_that_is_too_old_leaves_the_rest_of_the_form(go_on):
    _site, visitor = go_on("information")
    address = visitor.page.path
    old = visitor.page
    walk.upload_photo(visitor)
    visitor.page = old
    visitor.press("上传照片", chosen(), status=409, submission=str(uuid4()), **TYPED)
    page = visitor.open(address)
    assert typed_is_there(page)
    assert "毕业证.jpg" in page.main


def test_pressing_twice_keeps_the_rest_of_the_form_once(go_on):
    site, visitor = go_on("information")
    first = visitor.press_once("上传照片", chosen(), **TYPED)
    again = visitor.press_once("上传照片", chosen(), **TYPED)
    assert (first.status, again.status) == (303, 303)
    assert count(site, File) == 2
    assert typed_is_there(visitor.open(visitor.page.path))


def test_a_file_beside_the_photo_that_is_no_picture_is_told_and_not_kept(go_on):
    site, visitor = go_on("information")
    visitor.press("上传照片", chosen(b"no picture"), **TYPED)
    said = banner(visitor.page)
    assert "照片已上传" in said
    assert "另选的文件没有保存" in said
    assert "毕业证.jpg" not in visitor.page.main
    assert typed_is_there(visitor.page)
    assert count(site, File) == 1


def test_a_file_beside_the_photo_counts_against_the_quota_and_its_texts_stay(go_on, monkeypatch):
    site, visitor = go_on("information")
    monkeypatch.setattr(records, "QUOTA", 1)
    visitor.press("上传照片", chosen(), **TYPED)
    assert "毕业证.jpg" in visitor.page.main
    visitor.press("上传照片", {"prior_evidence": chosen()["prior_evidence"]}, status=422, **TYPED)
    assert typed_is_there(visitor.page)
    assert count(site, File) == 2


def test_a_field_that_was_emptied_is_empty_behind_the_action(go_on):
    _site, visitor = go_on("information")
    visitor.press("上传照片", chosen(), **TYPED)
    visitor.press("上传照片", {"photo.image": walk.portrait()}, native_place="")
    assert visitor.page.value("native_place") == ""
    assert "毕业证.jpg" in visitor.page.main


def test_what_an_action_takes_up_is_no_draft_any_more(go_on):
    _site, visitor = go_on("information")
    box = {"photo.x": "0", "photo.y": "0", "photo.width": "300", "photo.height": "400"}
    visitor.press("上传照片", {"photo.image": walk.portrait()}, **TYPED, **box)
    assert [visitor.page.value(name) for name in box] == [""] * 4


def test_a_certificate_is_handed_in_and_what_was_picked_on_the_board_stays(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    fields, picture = walk.certificate("S5", walk.CET4)
    picked = {"board.by_hand": "00015"}
    visitor.press("对顶材料提交", {"certificates.image": picture}, **fields, **picked)
    assert "删除证书 大学英语四级" in visitor.page.buttons
    assert visitor.page.value("certificates.type") == ""
    with site.engine.database.read() as session:
        (kept,) = session.scalars(select(Draft).filter_by(element="review_scores"))
    assert values.loads(kept.values) == {"texts": {"board.by_hand": ["00015"]}, "files": {}}


def test_a_certificate_that_is_half_typed_survives_the_buttons_of_the_board(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    fields, picture = walk.certificate("S5", walk.CET4)
    visitor.press("恢复自动对顶", {"certificates.image": picture}, **fields)
    assert [visitor.page.value(name) for name in fields] == list(fields.values())
    assert "已上传“四级.jpg”" in visitor.page.main
    visitor.press("对顶材料提交")
    assert "删除证书 大学英语四级" in visitor.page.buttons


def test_a_certificate_that_is_half_typed_survives_the_deletion_of_another(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    walk.add_certificate(visitor, "S5")
    visitor.press("_update=certificates.type", **{"certificates.type": "CET4"})
    box = visitor.page.soup.find("input", value="yes", type="checkbox")["name"]
    visitor.press(
        "删除证书 大学英语四级", **{box: "yes", "certificates.cert_no": "102101421002999"}
    )
    assert "证书已删除" in banner(visitor.page)
    assert visitor.page.value("certificates.cert_no") == "102101421002999"


def test_an_archive_number_that_is_half_typed_survives_undoing_another_source(site):
    visitor = walk.walk(site, "S2", walk.CONSOLIDATION)
    visitor.press("outcome=merge_admission_number")
    visitor.press("outcome=confirm")
    undo = next(label for label in visitor.page.buttons if label.startswith("撤销归一"))
    visitor.press(undo, **{"sources.major": "02033", "sources.sequence": "00417"})
    assert "已撤销归一" in banner(visitor.page)
    assert visitor.page.value("sources.major") == "02033"
    assert visitor.page.value("sources.sequence") == "00417"


def test_an_action_on_an_empty_page_begins_no_draft(site):
    visitor = walk.walk(site, "S5", walk.REVIEW)
    before = count(site, Draft)
    visitor.press("恢复自动对顶")
    assert count(site, Draft) == before
    assert "保存的草稿" not in visitor.page.main


def test_a_stranger_keeps_nothing_by_an_action(go_on):
    site, owner = go_on("information")
    stranger = site.verified("S3")
    with site.engine.database.read() as session:
        item = session.scalars(select(WorkItem.id).filter_by(element="fill_information")).one()
    fields = {"version": "0", "submission": str(uuid4()), **TYPED}
    page = stranger.post(f"/work-items/{item}/actions/photo/upload", fields)
    assert page.status == 404
    assert count(site, Draft) == 0
    assert owner.open(owner.page.path).value("native_place") != TYPED["native_place"]
