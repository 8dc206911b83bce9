"""Pictures come in through the page: redrawn, measured, or refused with what to do."""

import io
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from engine.cases import drafts, values
from engine.cases.models import Answer
from engine.files import File, records
from tests.journeys import pictures
from tests.webapp import walk
from tests.webapp.site import person

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)


def files(site):
    with site.engine.database.read() as session:
        return session.scalars(select(File)).all()


def upload(visitor, content, name="x.jpg", kind="image/jpeg", status=422):
    return visitor.press("上传照片", {"photo.image": (name, content, kind)}, status=status)


def png(size):
    content = io.BytesIO()
    Image.new("1", size).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (SVG, "x.svg", "image/svg+xml"),
        (SVG, "x.jpg", "image/jpeg"),
        (b"MZ\x90\x00" + bytes(2000), "x.jpg", "image/jpeg"),
        (b"<html><script>alert(1)</script>", "x.png", "image/png"),
        (b"", "x.jpg", "image/jpeg"),
        (b"%PDF-1.7 " + bytes(200), "x.pdf", "application/pdf"),
        (b"GIF89a" + bytes(200), "x.gif", "image/gif"),
        (pictures.portrait()[:4000], "x.jpg", "image/jpeg"),
    ],
    ids=["svg", "svg as jpg", "program", "page", "nothing", "pdf", "gif", "half"],
)
def test_what_is_no_picture_is_refused_and_kept_nowhere(go_on, content, name, kind):
    site, visitor = go_on("information")
    page = upload(visitor, content, name, kind)
    assert page.errors
    assert page.soup.select(".govuk-error-message")
    assert files(site) == []


def test_a_picture_of_an_iphone_gets_advice_that_helps(go_on):
    _site, visitor = go_on("information")
    page = upload(visitor, HEIC, "IMG_0001.HEIC", "image/heic")
    assert "HEIC" in page.errors[0]
    assert "兼容性最佳" in page.errors[0]


@pytest.mark.parametrize("size", [(13_300, 13_300), (30_000, 1), (1, 1)])
def test_a_picture_out_of_all_measure_is_refused(go_on, size):
    _site, visitor = go_on("information")
    assert upload(visitor, png(size), "x.png", "image/png").errors


def test_no_file_at_all_is_told(go_on):
    _site, visitor = go_on("information")
    page = visitor.press("上传照片", status=422)
    assert page.errors == ["请先选择照片文件。"]


def test_a_photo_is_redrawn_small_and_served_as_a_picture_only(go_on):
    site, visitor = go_on("information")
    tail = b"<script>alert(1)</script>PK\x03\x04"
    upload(visitor, pictures.portrait() + tail, "../../照 片\u202egpj.exe", status=200)
    assert "照片已上传。" in visitor.page.main
    (file,) = files(site)
    picture = visitor.get(f"/files/{file.id}")
    assert picture.answer.mimetype == "image/jpeg"
    assert b"script" not in picture.answer.data
    assert len(picture.answer.data) <= 51_200
    assert Image.open(io.BytesIO(picture.answer.data)).size == (480, 640)
    assert picture.answer.headers["Content-Disposition"] == "inline"
    assert "/" not in file.name
    assert "\u202e" not in file.name


def test_a_crooked_box_is_refused(go_on):
    _site, visitor = go_on("information")
    box = {"photo.x": "-5", "photo.y": "0", "photo.width": "9e9", "photo.height": "inf"}
    page = visitor.press("上传照片", {"photo.image": walk.portrait()}, status=422, **box)
    assert page.errors


def test_evidence_that_is_no_picture_is_told_beside_its_field(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, _files = walk.information("S1")
    bad = {"prior_evidence": ("毕业证.jpg", SVG, "image/jpeg")}
    page = visitor.press("下一步", bad, status=422, **typed)
    assert page.soup.select("#field-prior_evidence-error")
    assert page.value("native_place") == typed["native_place"]
    visitor.press("下一步", {"prior_evidence": walk.evidence("S1")})
    assert visitor.page.title == walk.DELIVERY
    assert len(files(site)) == 2


def test_files_under_names_nobody_asked_for_are_not_even_looked_at(go_on):
    site, visitor = go_on("information")
    stray = {f"stray{n}": walk.evidence("S1") for n in range(3)}
    visitor.press("下一步", stray, status=422)
    assert files(site) == []


def test_evidence_counts_against_the_quota_of_the_case(go_on, monkeypatch):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    monkeypatch.setattr(records, "QUOTA", 2)
    typed, evidence = walk.information("S1")
    wrong = {**typed, "native_place": ""}
    for _turn in range(2):
        visitor.press("下一步", evidence, status=422, **wrong)
    assert len(files(site)) == 3
    visitor.press("下一步", evidence, status=422, **{**wrong, "home_address": "这一行不能丢"})
    assert visitor.page.value("home_address") == "这一行不能丢"
    visitor.press("下一步", evidence, status=422, **typed)
    assert any("太多了" in error for error in visitor.page.errors)
    assert len(files(site)) == 3
    visitor.press("下一步", **typed)
    assert visitor.page.title == walk.DELIVERY


def test_a_post_that_another_one_overtook_keeps_its_texts(go_on):
    """There was room when the files came, and none any more when their rows were to be added."""
    rows = [File(id=uuid4(), case_id=uuid4(), purpose="x") for _ in range(2)]
    references = {str(n): {"file_id": str(row.id)} for n, row in enumerate(rows)}
    site, _visitor = go_on("information")
    with (
        pytest.MonkeyPatch.context() as patch,
        site.engine.database.read() as session,
    ):
        patch.setattr(records, "QUOTA", 0)
        assert drafts.add_files(session, references, rows) == {}
    assert files(site) == []


def test_the_name_of_evidence_loses_what_could_do_harm(go_on):
    site, visitor = go_on("information")
    walk.upload_photo(visitor)
    typed, evidence = walk.information("S1")
    _name, content, kind = evidence["prior_evidence"]
    bad = {"prior_evidence": ("../../毕业\u202egpj.exe", content, kind)}
    visitor.press("下一步", bad, **typed)
    (file,) = [file for file in files(site) if file.purpose == "fill_information"]
    assert file.name == "毕业gpj.exe"
    with site.engine.database.read() as session:
        answer = session.scalars(select(Answer).filter_by(element="fill_information")).one()
    assert values.loads(answer.values)["prior_evidence"]["name"] == "毕业gpj.exe"


def test_the_reviewer_sees_what_was_uploaded(go_on):
    site, _owner = go_on("certificate review")
    reviewer = site.staff("cert1")
    reviewer.press("领取下一件")
    picture = reviewer.page.soup.find("img", src=lambda s: s and "/files/" in s)["src"]
    page = reviewer.get(picture)
    assert (page.status, page.answer.mimetype) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(page.answer.data)).format == "JPEG"
    assert person("S5").name in reviewer.page.main
