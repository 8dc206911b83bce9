"""The other documents: what each one says, and on how many pages."""

import pytest

from engine.declaration.models import DocumentKind, SourceKind
from tests.declaration.documents.paper import sizes_of, texts_of
from tests.declaration.documents.world import DELIVERY


@pytest.fixture
def printed(make_world):
    """Submit a declaration, after what a test did to it, and return the pages of a document."""

    def print_it(kind, key="S1", prepare=lambda world: None) -> list[str]:
        world = make_world(key)
        prepare(world)
        world.submit()
        return texts_of(world.printed(kind))

    return print_it


def test_the_application_form_is_one_page_with_photo_promise_and_clerks(make_world):
    world = make_world()
    world.submit()
    pdf = world.printed(DocumentKind.APPLICATION_FORM)
    (page,) = texts_of(pdf)
    for text in ("26-0000-0001", "本科（专升本）", "江苏2024版", "市南区现场审核点", "第1批"):
        assert text in page
    for text in ("本人承诺", "考生签名", "初审意见", "复核意见", "□准考证", "现场领取"):
        assert text in page
    assert (480, 640) in sizes_of(pdf)


def test_the_transcript_has_sums_and_the_conditions_line_by_line(printed):
    pages = printed(DocumentKind.TRANSCRIPT)
    assert len(pages) == 1
    for text in ("13项64学分", "14门71学分", "必考课程全部合格✓已满足", "○后续核对", "14/14门"):
        assert text in pages[0]


def test_a_course_of_old_is_remarked_with_its_code_and_the_archive_number(printed):
    (page,) = printed(
        DocumentKind.TRANSCRIPT,
        "S3",
        lambda w: w.merge(SourceKind.ARCHIVE, major_part="02033", sequence_part="00417"),
    )
    assert "档案号0203300417顶替(原00002)" in page
    assert "370200196801299818" in page


def test_a_course_from_elsewhere_is_remarked_with_the_place(printed):
    def move(world):
        world.merge(SourceKind.IN_PROVINCE, place="370700", month="2019-05")
        world.merge(SourceKind.OUT_OF_PROVINCE, place="130000", month="2015-10")

    (page,) = printed(DocumentKind.TRANSCRIPT, "S4", move)
    assert "转入潍坊市2019-05转入(潍坊市)" in page
    assert "转入(河北省)" in page


def test_an_exempted_course_has_no_mark_and_names_the_certificate(printed):
    (page,) = printed(DocumentKind.TRANSCRIPT, "S5", lambda w: w.exempt("00015", "CET4"))
    assert "英语（二）14免考免考(大学英语四级)" in page


def test_a_transcript_with_gaps_says_what_is_missing_on_no_more_than_two_pages(printed):
    pages = printed(DocumentKind.TRANSCRIPT, "S7")
    assert len(pages) <= 2
    assert "×未满足" in "".join(pages)


def test_the_mailing_slip_has_the_whole_address_and_the_receipt_the_sum_in_words(make_world):
    world = make_world()
    world.answer("choose_delivery", DELIVERY)
    world.pay(2005)
    world.submit()
    (slip,) = texts_of(world.printed(DocumentKind.MAILING_SLIP))
    for text in ("山东省青岛市市南区", "演示路1号2号楼3单元401户", "266071", "放门卫处"):
        assert text in slip
    (receipt,) = texts_of(world.printed(DocumentKind.RECEIPT))
    for text in ("贰拾元零伍分", "¥20.05", "BS2026030200000000000001", "SANDBOX-000000000001"):
        assert text in receipt


def test_a_release_may_name_another_office(make_world):
    world = make_world(settings='[office]\nprovince = "江苏省"\nauthority = "某市考试院"\n')
    world.submit()
    assert "江苏省高等教育自学考试" in texts_of(world.printed(DocumentKind.REGISTRATION_FORM))[0]
    assert "某市考试院" in texts_of(world.printed(DocumentKind.TRANSCRIPT))[0]
