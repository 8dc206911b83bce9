"""The reviewer's desk: what was stated beside what is known, and a decision for each course."""

import pytest

from engine.cases import Look, Work
from engine.declaration import exemptions
from engine.declaration.components.certificate_review_panel import CertificateReviewPanel
from engine.declaration.services import certificates
from engine.errors import Conflict
from engine.forms import FieldError
from engine.i18n import speaking
from engine.people import Person, Role
from tests.declaration.certificates.counting import statements
from tests.declaration.certificates.drawing import drawn, faults
from tests.declaration.certificates.world import REVIEWER, facts, submitted

PANEL = CertificateReviewPanel()
STAFF = Person(REVIEWER, "staff", "证书审核员甲", frozenset({Role.CERTIFICATE_REVIEWER}))
NCRE = facts("NCRE1", "37110019870001", None, level="一级", details={"holder_name": "测试己"})


@pytest.fixture
def s6(world):
    return _handed_in(world)


@pytest.fixture
def quick6(quick):
    return _handed_in(quick)


def _handed_in(world):
    who = world.declarant("S6")
    who.choose(who.add(NCRE), "00018")
    world.clock.advance(minutes=1)
    who.choose(who.add(facts("CET4", "371100191000077")), "00012")
    who.hand_in()
    return who


def looked_at(who):
    look = Look(**who.surroundings(who.world.looking(), STAFF))
    return PANEL.facts(look, {"key": "decisions"})


def bind(seen, posted):
    return PANEL.bind({"key": "decisions"}, submitted(posted), {"decisions": seen})


def refused(seen, posted) -> dict[str, str]:
    with pytest.raises(FieldError) as caught:
        bind(seen, posted)
    return caught.value.errors


def posted_for(seen, **words) -> dict[str, str]:
    """What the page posts when the same is decided on everything."""
    return {
        f"{name}.{asked['id']}": text
        for asked in seen["exemptions"]
        for name, text in {"version": asked["version"], **words}.items()
    }


def store(who, value):
    with who.world.database.write() as session:
        return PANEL.store(Work(**who.surroundings(session, STAFF)), value)


def test_a_pair_is_one_decision(s6):
    seen = looked_at(s6)
    asked = [row["courses"] for row in seen["exemptions"]]
    assert asked == [
        ["00018 计算机应用基础", "00019 计算机应用基础（实践）"],
        ["00012 英语（一）"],
    ]
    assert len(bind(seen, posted_for(seen, verdict="approve"))) == 3


def test_what_was_decided_is_kept_and_takes_effect(s6):
    seen = looked_at(s6)
    pair, english = seen["exemptions"]
    posted = posted_for(seen, verdict="approve")
    posted |= {
        f"verdict.{english['id']}": "refuse",
        f"reason.{english['id']}": "other_name",
        f"text.{english['id']}": " 姓名\u200b与\n证件不一致 ",
    }
    store(s6, bind(seen, posted))
    with s6.writing() as (session, declaration):
        applied = exemptions.apply_decisions(session, declaration, s6.world.now)
    assert applied == (2, 1)
    assert s6.states() == {"00012": "refused", "00018": "approved", "00019": "approved"}
    english_row = next(row for row in s6.rows() if row.course_code == "00012")
    assert (english_row.reason_code, english_row.reason_text) == (
        "other_name",
        "姓名与 证件不一致",
    )
    assert english_row.decided_by == REVIEWER
    assert pair["courses"]


def test_everything_must_be_decided(s6):
    seen = looked_at(s6)
    first, second = seen["exemptions"]
    errors = refused(seen, {f"verdict.{first['id']}": "approve"})
    assert list(errors) == [f"verdict.{second['id']}"]
    assert len(refused(seen, {})) == 2
    assert len(refused(seen, posted_for(seen, verdict="maybe"))) == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ({}, "reason"),
        ({"reason": "because"}, "reason"),
        ({"reason": "other"}, "text"),
        ({"reason": "other", "text": " \u200b "}, "text"),
        ({"reason": "unreadable", "text": "字" * 201}, "text"),
    ],
    ids=["no reason", "a reason of one's own", "other", "other and blanks", "too long"],
)
def test_a_refusal_needs_a_reason_that_the_candidate_can_read(quick6, words, part):
    seen = looked_at(quick6)
    errors = refused(seen, posted_for(seen, verdict="refuse", **words))
    assert {name.partition(".")[0] for name in errors} == {part}


def test_a_text_of_two_hundred_characters_is_kept_with_an_approval_too(quick6):
    seen = looked_at(quick6)
    decided = bind(seen, posted_for(seen, verdict="approve", reason="other", text="字" * 200))
    assert {(d.reason_code, d.reason_text) for d in decided} == {(None, "字" * 200)}


def test_a_page_that_showed_another_certificate_decides_nothing(s6):
    seen = looked_at(s6)
    posted = posted_for(seen, verdict="approve")
    for stale in ("", "9", "1", "１-１", "9" * 5000):
        value = bind(seen, {**posted, f"version.{seen['exemptions'][0]['id']}": stale})
        with pytest.raises(Conflict, match="已更换证书"):
            store(s6, value)
    assert set(s6.states().values()) == {"submitted"}


def test_a_certificate_replaced_meanwhile_is_a_conflict(s6):
    seen = looked_at(s6)
    value = bind(seen, posted_for(seen, verdict="approve"))
    s6.serve(certificates.recall_certificates)
    with pytest.raises(Conflict, match="收回送审"):
        store(s6, value)
    s6.choose(s6.add(NCRE, "b" * 64), "00018")
    s6.hand_in()
    with pytest.raises(Conflict, match="已更换证书"):
        store(s6, value)
    # The reviewer's page drawn anew does not take the old post for its own.
    fresh = looked_at(s6)
    pair = next(asked for asked in fresh["exemptions"] if len(asked["courses"]) == 2)
    assert list(refused(fresh, posted_for(seen, verdict="approve"))) == [f"verdict.{pair['id']}"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_desk_shows_evidence_statement_registry_and_history(s6, language):
    with speaking(language):
        page = drawn(PANEL, looked_at(s6), label="Certificates")
    assert faults(page) == []
    desks = page.select(".app-desk")
    assert len(desks) == len(page.select(".app-decision")) == 2
    for desk in desks:
        assert len(desk.select(".app-desk__pane")) == 3
    assert len(page.select("[data-keys]")) == len(page.select("[data-keys-switch]")) == 1
    assert len(page.select("[data-key=A]")) == len(page.select("[data-key=X]")) == 1
    assert "37110019870001" in desks[0].text
    assert "测试己" in desks[0].text
    assert "370200********9868" in desks[0].text
    assert "370200199709099868" not in str(page)
    assert len(page.select("[type=radio]")) == 4
    assert len(page.select("[type=hidden]")) == 2
    if language == "en":
        for words in page.select("h2, h3, label, dt, option, .app-decision__keys"):
            data = ("证书", "计算机", "大学英语") if words.name == "h2" else ()
            assert all(d in words.text for d in data) or not any(
                "\u4e00" <= c <= "\u9fff" for c in words.text
            ), words


def test_a_resubmission_shows_what_changed_and_what_was_said_before(world):
    who = world.declarant("S6")
    who.choose(who.add(NCRE), "00018")
    who.hand_in()
    who.decide(approve=False, reason="unreadable", text="重拍")
    changed = facts("NCRE1", "3711-0019-870001", None, level="一级", details={"grade": "良好"})
    who.choose(who.add(changed, "b" * 64), "00018")
    who.hand_in()
    page = drawn(PANEL, looked_at(who))
    assert faults(page) == []
    assert page.select_one("del").text == "37110019870001"
    assert page.select_one("ins").text == "3711-0019-870001"
    assert [a.text for a in page.select("figcaption a")] == ["看第 1 版"]
    history = [line.get_text(" ", strip=True) for line in page.select(".app-timeline li")]
    assert history == [
        "00018 计算机应用基础 未通过 证书不清晰：重拍 2026-03-02 09:00 · 第 1 版",
        "00019 计算机应用基础（实践） 未通过 证书不清晰：重拍 2026-03-02 09:00 · 第 1 版",
    ]


def test_what_was_posted_and_what_is_wrong_stands_at_each_decision(quick6):
    seen = looked_at(quick6)
    posted = posted_for(seen, verdict="refuse", text="<b>看不清</b>")
    errors = refused(seen, posted)
    page = drawn(PANEL, seen, posted=posted, errors=errors)
    assert faults(page) == []
    assert not page.select("b")
    assert [r["value"] for r in page.select("[type=radio][checked]")] == ["refuse"] * 2
    for name, sentence in errors.items():
        control = page.find(id=f"field-part-{name.replace('.', '-')}")
        assert control.name == "select"
        assert sentence in page.find(id=f"{control['id']}-error").text


def test_nothing_waits_when_nothing_was_handed_in(quick):
    who = quick.declarant("S6")
    seen = looked_at(who)
    assert (seen["exemptions"], seen["due_at"]) == ([], None)
    assert faults(drawn(PANEL, seen)) == []
    with pytest.raises(Conflict):
        store(who, bind(seen, {}))


def test_the_desk_asks_the_database_a_handful_of_things(s6):
    with statements(s6.world.database) as seen:
        looked_at(s6)
    assert len(seen) <= 10, seen
