"""毕业生登记表: four pages, whatever was filled in, and everything that was filled in on them."""

from functools import cache

import pytest

from engine.clock import MovableClock
from engine.db import Database
from engine.declaration.models import DocumentKind
from tests.conftest import START
from tests.declaration.documents.paper import sizes_of, texts_of, words_of
from tests.declaration.documents.world import INFORMATION, LONGEST, DocumentWorld

KIND = DocumentKind.REGISTRATION_FORM
BARE = {
    **INFORMATION,
    "work_start": None,
    "achievements": None,
    "rewards_punishments": "",
    "self_appraisal": "",
    "resume": [],
}
ANSWERS = {"usual": INFORMATION, "longest": LONGEST, "bare": BARE}


@pytest.fixture(scope="module")
def printed(demo_template, tmp_path_factory):
    """Return the registration form of a declaration with these answers; each is printed once."""

    @cache
    def print_it(answers: str) -> tuple[bytes, str]:
        with demo_template.copy() as address:
            database = Database(address)
            folder = tmp_path_factory.mktemp("files")
            world = DocumentWorld(
                database, MovableClock(START), folder, information=ANSWERS[answers]
            )
            world.submit()
            pdf = world.printed(KIND)
            code = world.issues()[KIND].verification_code
            database.close()
        return pdf, code

    return print_it


@pytest.fixture
def usual(printed):
    return printed("usual")[0]


def test_it_has_four_numbered_pages(usual):
    pages = texts_of(usual)
    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共4页" in page


def test_every_page_bears_the_code_that_is_checked(printed):
    pdf, code = printed("usual")
    assert all(code in page for page in texts_of(pdf))


def test_the_cover_names_the_person_and_leaves_the_number_of_the_diploma_open(usual):
    cover = texts_of(usual)[0]
    for text in ("山东省高等教育自学考试毕业生登记表", "测试甲", "020120100001"):
        assert text in cover
    for text in (
        "370200199003159814",
        "行政管理（专升本）",
        "演示主考院校（虚构）",
        "2026年3月2日",
    ):
        assert text in cover
    assert "毕业证书号姓名" in cover
    assert "山东省高等教育自学考试委员会制" in cover


def test_the_second_page_says_codes_in_words(usual):
    page = texts_of(usual)[1]
    for text in ("1990年03月", "汉族", "共青团员", "已婚", "专科", "2012年7月", "科员/助理级"):
        assert text in page
    for text in ("2005.09—2008.06", "2012.07—至今", "青岛市演示高级中学", "青岛市演示小学教师"):
        assert text in page
    assert "贴身份证复印件处" in page


def test_the_photo_is_on_it(usual):
    assert (480, 640) in sizes_of(usual)


def test_what_was_left_out_says_none_and_the_appraisal_stays_empty(printed):
    pages = texts_of(printed("bare")[0])
    assert "时间无职务职称" in pages[1]
    assert "发明创造、著作：无" in pages[2]
    assert "奖励或处分：无" in pages[2]
    assert "考试学习期间" not in pages[2]


def test_scores_are_in_plan_order_with_the_thesis_last(usual):
    page = texts_of(usual)[3]
    places = [page.index(name) for name in ("中国近现代史纲要", "公共行政学", "英语（专升本）")]
    assert places == sorted(places)
    assert page.index("行政管理毕业论文") > places[-1]
    assert "良好" in page
    assert "合格课程14门累计学分71学分" in page


def test_the_longest_answers_still_make_four_pages_with_nothing_lost(printed):
    pages = texts_of(printed("longest")[0])
    assert len(pages) == 4
    for field in ("native_place", "employer", "home_address", "position_title"):
        assert LONGEST[field] in pages[1]
    for field in ("achievements", "rewards_punishments", "self_appraisal"):
        assert "".join(LONGEST[field].split()) in pages[2]
    for row in LONGEST["resume"]:
        assert f"{row['start']:%Y.%m}—{row['end']:%Y.%m}" in pages[1]
    assert pages[1].count("很长的单位名称" * 8) == 8
    assert pages[1].count("单位及职务" * 12) == 6
    assert "单位意见" in pages[2]
    assert "省考委审核意见" in pages[3]


@pytest.mark.parametrize("answers", list(ANSWERS))
def test_nothing_runs_over_the_edge_or_into_the_foot(printed, answers):
    for page in words_of(printed(answers)[0]):
        foot = min(word.top for word in page if word.text == "核验码")
        body = [word for word in page if word.bottom < foot]
        assert all(word.left > 17 and word.right < 193.5 for word in page)
        assert max(word.bottom for word in body) < 277
