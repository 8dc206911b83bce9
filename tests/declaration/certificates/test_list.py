"""The candidate's page: certificates with what became of them, and a form for a new one."""

import json
from uuid import UUID, uuid4

import pytest

from engine.declaration import exemptions
from engine.declaration.components.certificate_list import CertificateList
from engine.declaration.models import Certificate
from engine.errors import Conflict, Refused
from engine.files import File, add_file
from engine.forms import FieldError
from engine.i18n import speaking
from tests.declaration.certificates.drawing import drawn, faults
from tests.declaration.certificates.world import facts, submitted
from tests.files import pictures

LIST = CertificateList()
CET4 = {
    "type": "CET4",
    "cert_no": "102101421002345",
    "holder_name": "测试戊",
    "issue_date.year": "2011",
    "issue_date.month": "3",
    "issue_date.day": "1",
    "score": "431",
    "exam_session": "2010-12",
}
DIPLOMA = {
    "type": "PRIOR_DIPLOMA",
    "cert_no": "3701-2011-0045",
    "holder_name": "测试戊",
    "issue_date.year": "2011",
    "issue_date.month": "7",
    "issue_date.day": "1",
    "school": "演示职业技术学院",
    "major": "行政管理",
    "level": "专科",
    "study_form": "全日制",
}


def submit(who, said, kept=None, **files):
    return who.act(LIST, "submit_certificate", submitted(said, **files), kept)


def refused(who, said, kept=None, **files) -> dict[str, str]:
    with pytest.raises(FieldError) as caught:
        submit(who, said, kept, **files)
    return caught.value.errors


def rows(who) -> list[Certificate]:
    with who.reading() as (session, declaration):
        return list(exemptions.certificates_of(session, declaration.id))


# Submitting.


def test_a_certificate_is_kept_with_its_picture_drawn_anew(world, picture):
    who = world.declarant("S5")
    said = submit(who, CET4, image=picture)
    assert said == "对顶材料已提交，请在需对顶科目的“对顶选择”项中选择对应的材料"
    (row,) = rows(who)
    assert (row.type_id, row.number, row.score) == ("CET4", "102101421002345", 431)
    assert json.loads(row.details) == {"holder_name": "测试戊", "exam_session": "2010-12"}
    with who.reading() as (session, _declaration):
        file = session.get_one(File, row.file_id)
    assert (file.sha256, file.purpose, file.owner_id) == (
        row.evidence_hash,
        "certificate",
        who.owner_id,
    )
    stored = world.files.get(file.sha256)
    assert stored.startswith(b"\xff\xd8")
    assert stored != picture


def test_a_diploma_is_kept_with_its_transcript(quick, picture):
    who = quick.declarant("S5")
    assert refused(who, DIPLOMA, image=picture) == {"transcript": "请选择成绩单的照片。"}
    other = pictures.jpeg(pictures.plain((500, 500), colour=(1, 2, 3)))
    submit(who, DIPLOMA, image=picture, transcript=other)
    (row,) = rows(who)
    with who.reading() as (session, _declaration):
        transcript = session.get_one(File, UUID(json.loads(row.details)["transcript"]))
        assert session.get_one(File, row.file_id).sha256 == row.evidence_hash
    assert transcript.sha256 != row.evidence_hash
    (shown,) = who.facts_of(LIST)["certificates"]
    assert [picture["label"] for picture in shown["pictures"]] == ["证书的照片", "成绩单的照片"]


def test_a_picture_that_came_with_an_earlier_post_is_used(world, picture):
    who = world.declarant("S5")
    stored = world.files.put(picture)
    with who.writing() as (session, _declaration):
        file = add_file(
            session,
            stored,
            media_type="image/jpeg",
            name="四级.jpg",
            owner_id=who.owner_id,
            case_id=who.case_id,
            purpose="review_scores",
            now=world.now,
        )
    kept = {"image": {"file_id": str(file.id), "name": "四级.jpg"}}
    submit(who, CET4, kept)
    (row,) = rows(who)
    assert (row.file_id, row.evidence_hash) == (file.id, stored.sha256)


def test_a_new_picture_comes_before_the_one_that_was_kept(quick, picture):
    who = quick.declarant("S5")
    submit(who, CET4, {"image": {"file_id": str(uuid4()), "name": "旧.jpg"}}, image=picture)
    assert len(rows(who)) == 1


def test_a_picture_of_another_case_is_not_taken(world, picture):
    who, other = world.declarant("S5"), world.declarant("S9")
    submit(other, {**CET4, "holder_name": "测试壬", "cert_no": "777777"}, image=picture)
    (theirs,) = rows(other)
    for file_id in (theirs.file_id, uuid4()):
        with pytest.raises(Refused, match="重新选择"):
            submit(who, CET4, {"image": {"file_id": str(file_id), "name": "x"}})
    assert rows(who) == []


def test_everything_that_is_wrong_is_said_at_once(quick):
    who = quick.declarant("S5")
    errors = refused(who, {**CET4, "score": "424", "holder_name": "测试己"})
    assert list(errors) == ["holder_name", "score", "image"]


@pytest.mark.parametrize("type_id", ["", "CET9", "NIT", "TEACHER"])
def test_a_type_that_is_not_offered_is_refused(quick, picture, type_id):
    who = quick.declarant("S5")
    assert refused(who, {**CET4, "type": type_id}, image=picture) == {"type": "请选择证书类型。"}


def test_a_number_that_is_used_is_said_beside_its_field(world, picture):
    world.declarant("S9").add(facts(number="102101421002345"))
    errors = refused(world.declarant("S5"), CET4, image=picture)
    assert list(errors) == ["cert_no"]
    assert "测试壬" not in errors["cert_no"]


def test_a_certificate_that_exempts_from_nothing_is_refused(quick, picture):
    who = quick.declarant("S5")
    pets = {**CET4, "type": "PETS3", "written_score": "59", "oral_score": "3"}
    errors = refused(who, pets, image=picture)
    assert "不能对顶任何课程" in errors["type"]
    submit(who, {**pets, "written_score": "60"}, image=picture)
    assert rows(who)[0].score == 60


def test_the_same_certificate_under_review_or_approved_is_refused_beside_its_field(quick, picture):
    who = quick.declarant("S5")
    submit(who, CET4, image=picture)
    who.choose(rows(who)[0].id, "00015")
    who.hand_in()
    assert "正在审核" in refused(who, CET4, image=picture)["cert_no"]
    who.decide(approve=True)
    assert "不需要再次提交" in refused(who, CET4, image=picture)["cert_no"]


# Hostile uploads.


def hostile() -> dict[str, tuple[bytes, str]]:
    return {
        "nothing": (b"", "空的"),
        "a programme": (b"MZ\x90\x00" + b"\0" * 600, "不是能读取的图片"),
        "a drawing with a script": (
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            "不是能读取的图片",
        ),
        "a PDF": (b"%PDF-1.7\n" + b"0" * 600, "PDF"),
        "twelve megabytes of PDF": (b"%PDF-1.7\n" + b"0" * 12 * 2**20, "超过 10 MB"),
        "a phone's HEIC": (b"\0\0\0\x18ftypheic" + b"\0" * 600, "HEIC"),
        "half a picture": (pictures.jpeg(pictures.plain())[:900], "不完整"),
        "400 megapixels": (pictures.png_of_size(20_000, 20_000), "像素"),
        "a line": (pictures.saved(pictures.plain((3000, 100)), "PNG"), "细长"),
    }


@pytest.mark.parametrize("what", hostile())
def test_a_hostile_upload_is_refused_in_words(quick, what):
    content, words = hostile()[what]
    who = quick.declarant("S5")
    errors = refused(who, CET4, image=content)
    assert list(errors) == ["image"]
    assert words in errors["image"]
    assert rows(who) == []


def test_what_was_hidden_in_a_picture_is_gone(quick):
    who = quick.declarant("S5")
    content = (
        pictures.jpeg(pictures.plain((800, 600)), exif=pictures.exif()) + b"<script>1</script>"
    )
    assert b"GPS-SECRET" in content
    submit(who, CET4, image=content)
    stored = quick.files.get(rows(who)[0].evidence_hash)
    assert b"GPS-SECRET" not in stored
    assert b"<script" not in stored


def test_each_picture_is_refused_at_its_own_field(quick, picture):
    who = quick.declarant("S5")
    errors = refused(who, DIPLOMA, image=picture, transcript=b"%PDF-1.7")
    assert list(errors) == ["transcript"]


# Deleting.


def test_deleting_asks_for_a_word_of_confirmation(world):
    who = world.declarant("S5")
    certificate_id = str(who.add())
    posted = {"delete": certificate_id}
    with pytest.raises(FieldError) as caught:
        who.act(LIST, "delete_certificate", submitted(posted))
    assert list(caught.value.errors) == [f"confirm.{certificate_id}"]
    posted[f"confirm.{certificate_id}"] = "yes"
    assert "已删除" in who.act(LIST, "delete_certificate", submitted(posted))
    assert rows(who) == []


def test_only_a_certificate_of_the_page_can_be_deleted(world):
    who, other = world.declarant("S5"), world.declarant("S9")
    for wanted in (str(other.add()), "", "x", str(uuid4())):
        posted = submitted({"delete": wanted, f"confirm.{wanted}": "yes"})
        with pytest.raises(FieldError):
            who.act(LIST, "delete_certificate", posted)
    assert len(rows(other)) == 1


def test_deleting_under_review_is_a_conflict(world):
    who = world.declarant("S5")
    certificate_id = who.add()
    who.choose(certificate_id, "00015")
    who.hand_in()
    posted = {"delete": str(certificate_id), f"confirm.{certificate_id}": "yes"}
    with pytest.raises(Conflict, match="收回送审"):
        who.act(LIST, "delete_certificate", submitted(posted))


# Drawing.


def test_the_form_asks_for_the_type_first(quick):
    who = quick.declarant("S5")
    page = drawn(LIST, who.facts_of(LIST))
    assert faults(page) == []
    assert page.select_one("[name='part.type']").has_attr("data-updates")
    assert page.select_one("button[name=_update]")["value"] == "part.type"
    assert not page.select("[name='part.cert_no']")
    assert "还没有提交证书" in page.text
    assert len(page.select("[name='part.type'] option")) == 12


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("said", [CET4, DIPLOMA], ids=["CET4", "PRIOR_DIPLOMA"])
def test_every_field_of_the_type_is_drawn_with_a_label(quick, said, language):
    who = quick.declarant("S5")
    with speaking(language):
        page = drawn(LIST, who.facts_of(LIST), posted={"type": said["type"]}, label="C")
    assert faults(page) == []
    names = {control["name"] for control in page.select("input, select")}
    assert {f"part.{name}" for name in said} <= names
    for picture in page.select("[type=file]"):
        assert picture["accept"] == "image/*"
    assert page.select_one("[name='part.holder_name']")["value"] == "测试戊"
    button = page.find("button", attrs={"formaction": "/act/part/submit_certificate"})
    assert button.has_attr("formnovalidate")
    if language == "en":
        for words in page.select("label, legend, .govuk-hint, button"):
            assert not any("\u4e00" <= c <= "\u9fff" for c in words.text), words


def test_what_was_typed_and_what_is_wrong_stands_at_each_field(quick):
    who = quick.declarant("S5")
    typed = {**CET4, "score": "424", "issue_date.year": "2030", "holder_name": ""}
    errors = refused(who, typed)
    page = drawn(LIST, who.facts_of(LIST), posted=typed, errors=errors)
    assert faults(page) == []
    for name in errors:
        control = page.find(id=f"field-part-{name.replace('.', '-')}")
        assert control.name in ("input", "select")
        described = control["aria-describedby"].split()
        assert any(errors[name] in page.find(id=each).text for each in described)
    assert page.select_one("[name='part.score']")["value"] == "424"
    assert page.select_one("[name='part.holder_name']")["value"] == ""


def test_a_kept_picture_is_named(quick):
    who = quick.declarant("S5")
    kept = {"image": {"file_id": str(uuid4()), "name": "<四级>.jpg"}}
    page = drawn(LIST, who.facts_of(LIST, kept), posted=CET4)
    assert "已上传“<四级>.jpg”" in page.text


def test_a_certificate_is_shown_masked_with_what_became_of_it(world, picture):
    who = world.declarant("S5")
    submit(who, CET4, image=picture)
    first = rows(who)[0]
    who.choose(first.id, "00015")
    assert _tags(who) == ["草稿"]
    who.hand_in()
    page = drawn(LIST, who.facts_of(LIST))
    assert _tags(who) == ["审核中"]
    assert not page.select("[name='part.delete']")
    who.decide(approve=False, reason="unreadable", text="右下角看不清")
    page = drawn(LIST, who.facts_of(LIST))
    assert _tags(who) == ["未通过"]
    assert "证书不清晰：右下角看不清" in page.text
    assert "00015 英语（二）" in page.text
    assert "****2345" in page.text
    assert "102101421002345" not in str(page)
    assert page.img["src"] == f"/files/{first.file_id}"
    submit(who, CET4, image=picture)
    who.choose(rows(who)[0].id, "00015")
    who.hand_in()
    who.decide(approve=True)
    page = drawn(LIST, who.facts_of(LIST))
    assert _tags(who) == ["通过"]
    assert [line.get_text(" ", strip=True) for line in page.select("ol li")] == [
        "2026-03-02 09:00 第 1 版 00015 英语（二） 未通过 证书不清晰：右下角看不清"
    ]
    assert faults(page) == []


def _tags(who) -> list[str]:
    return [tag.text for tag in drawn(LIST, who.facts_of(LIST)).select(".govuk-tag")]


def test_the_warning_of_the_manual_stands_beside_the_button(quick):
    who = quick.declarant("S5")
    certificate_id = who.add()
    page = drawn(
        LIST, who.facts_of(LIST), errors={f"confirm.{certificate_id}": "请勾选确认后再删除。"}
    )
    assert faults(page) == []
    box = page.find("details", attrs={"open": True})
    assert "删除证书会删除此前证书所对顶的成绩，请考生谨慎删除" in box.text
    assert box.select_one("button")["value"] == str(certificate_id)
    assert box.select_one("[type=checkbox]")["name"] == f"part.confirm.{certificate_id}"


def test_what_people_write_is_inert(quick):
    who = quick.declarant("S5")
    bad = '"><script>alert(1)</script>'
    who.add(facts(details={"holder_name": bad}))
    page = drawn(LIST, who.facts_of(LIST), posted={**CET4, "cert_no": bad})
    assert not page.select("script")
    assert page.select_one("[name='part.cert_no']")["value"] == bad
