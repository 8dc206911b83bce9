"""Whole cases on the shipped diagrams: what is open, for whom, and how they end."""

from datetime import timedelta

import pytest

from tests.workflows.walking import STRAIGHT, Walk

BY_MAIL = {"method": "mail", "province": "370000"}


@pytest.fixture
def walk(clock) -> Walk:
    return Walk(clock)


def test_a_declaration_goes_from_the_code_to_completed(walk):
    for element, outcome, routed in STRAIGHT:
        assert walk.open == [element]
        assert walk.task(element).lane == "candidate"
        walk.answer(element, outcome, **routed)

    assert walk.open == ["print_documents", "review_on_site"]
    assert walk.task("review_on_site").lane == "onsite_reviewer"
    walk.answer("review_on_site", "pass")

    assert walk.open == []
    assert walk.ended_through == "completed"
    assert [call["text"] for call in walk.services.called("sms.send")] == ["on_site_passed"]
    assert len(walk.services.called("declaration.finish")) == 1


def test_the_seat_is_taken_in_the_batch_that_was_chosen(walk):
    walk.to("review_scores")
    assert walk.services.called("declaration.reserve_seat") == [{"batch": "b-1"}]


def test_certificates_are_reviewed_before_the_candidate_goes_on(walk):
    walk.to("review_scores").answer("review_scores", "submit_for_review")
    assert walk.open == ["review_certificates"]
    assert walk.task("review_certificates").lane == "certificate_reviewer"

    walk.services.next_time("declaration.apply_decisions", approved=2, refused=1)
    walk.answer("review_certificates", "decide")

    assert walk.open == ["review_scores"]
    assert walk.services.called("sms.send") == [
        {"text": "certificate_result", "approved": 2, "refused": 1}
    ]
    data = walk.task("review_scores").data
    assert data["certificate_review"] == {"outcome": "decided", "approved": 2, "refused": 1}


def test_a_second_review_reports_its_own_decision(walk):
    walk.to("review_scores").answer("review_scores", "submit_for_review")
    walk.services.next_time("declaration.apply_decisions", approved=0, refused=1)
    walk.answer("review_certificates", "decide")
    walk.answer("review_scores", "submit_for_review").wait(hours=21)
    walk.answer("review_certificates", "decide")
    data = walk.task("review_scores").data
    assert data["certificate_review"] == {"outcome": "decided", "approved": 1, "refused": 0}


def test_nothing_to_review_leaves_the_candidate_on_the_page(walk):
    walk.to("review_scores")
    walk.services.next_time("declaration.submit_certificates", count=0, remind_at=None, due_at=None)
    walk.answer("review_scores", "submit_for_review")
    assert walk.open == ["review_scores"]


def test_a_slow_review_is_reminded_and_escalated_but_stays_with_the_reviewers(walk):
    walk.to("review_scores").answer("review_scores", "submit_for_review")
    walk.wait(hours=20)
    assert len(walk.services.called("declaration.remind_reviewers")) == 1
    walk.wait(hours=30)
    assert len(walk.services.called("declaration.escalate_review")) == 1
    assert walk.open == ["review_certificates"]
    assert walk.answer("review_certificates", "decide").open == ["review_scores"]


def test_the_candidate_may_recall_the_certificates(walk):
    walk.to("review_scores").answer("review_scores", "submit_for_review")
    assert walk.hear("recall") == 1
    assert walk.open == ["review_scores"]
    assert len(walk.services.called("declaration.recall_certificates")) == 1
    assert walk.task("review_scores").data["certificate_review"]["outcome"] == "recalled"


def test_unmet_conditions_keep_the_candidate_at_the_score_review(walk):
    walk.to("review_scores")
    walk.services.next_time("declaration.check_graduation", met=False, unmet=2)
    assert walk.answer("review_scores", "next").open == ["review_scores"]
    assert walk.answer("review_scores", "next").open == ["confirm_transcript"]


def test_another_prior_major_leads_back_to_the_score_review(walk):
    walk.to("fill_information")
    walk.services.next_time("declaration.check_graduation", met=False, stale=True)
    assert walk.answer("fill_information", "next").open == ["review_scores"]


@pytest.mark.parametrize(
    ("element", "before"),
    [
        ("apply", "consolidate_scores"),
        ("review_scores", "apply"),
        ("confirm_transcript", "review_scores"),
        ("fill_information", "confirm_transcript"),
        ("choose_delivery", "fill_information"),
    ],
)
def test_back_leads_to_the_page_before_and_forward_again(walk, element, before):
    walk.to(element)
    assert walk.answer(element, "back").open == [before]
    assert walk.to(element).open == [element]


@pytest.mark.parametrize("element", [step[0] for step in STRAIGHT] + ["review_certificates", "pay"])
def test_a_declaration_can_be_withdrawn_wherever_it_stands(walk, element):
    _to(walk, element)
    assert walk.hear("withdraw") == 1
    assert (walk.open, walk.ended_through) == ([], "withdrawn")
    assert len(walk.services.called("declaration.withdraw")) == 1


def test_a_decided_declaration_cannot_be_withdrawn(walk):
    walk.to("review_on_site").answer("review_on_site", "reject")
    assert walk.hear("withdraw") == 0
    assert walk.ended_through == "not_passed"


@pytest.mark.parametrize(
    "element",
    ["review_scores", "review_certificates", "confirm_transcript", "fill_information", "pay"],
)
def test_the_hold_runs_out_and_the_candidate_applies_again(walk, element):
    _to(walk, element)
    walk.services.next_time("payments.read_order", state="closed")
    walk.wait(hours=73)
    if element == "pay":
        assert walk.hear("order_resolved") == 0
    assert walk.open == ["apply"]
    assert len(walk.services.called("declaration.release_hold")) == 1
    assert walk.to("confirm_transcript").open == ["confirm_transcript"]


def test_a_new_seat_starts_a_new_hold(walk):
    walk.to("review_scores").wait(hours=70)
    walk.answer("review_scores", "back").answer("apply", "next", batch="b-2").wait(hours=70)
    assert walk.open == ["review_scores"]


def test_a_full_batch_leads_back_to_the_application(walk):
    walk.to("apply")
    walk.services.next_time(
        "declaration.reserve_seat", reserved=False, held_until=None, reason="本批次报满"
    )
    walk.answer("apply", "next", batch="b-1")
    assert walk.open == ["apply"]
    assert walk.task("apply").data["reserve_seat"]["reason"] == "本批次报满"


def test_a_declaration_that_is_not_accepted_leads_back_to_the_application(walk):
    walk.to("choose_delivery")
    walk.services.next_time("declaration.submit", accepted=False, reason="名额已退回")
    walk.answer("choose_delivery", "next", method="pick_up", province=None)
    assert walk.open == ["apply"]


@pytest.mark.parametrize("element", ["request_code", "apply", "review_certificates", "pay"])
def test_the_end_of_the_season_ends_what_was_not_submitted(walk, element):
    _to(walk, element)
    walk.wait(days=31)
    assert (walk.open, walk.ended_through) == ([], "expired")
    assert len(walk.services.called("declaration.expire")) == 1


def test_the_end_of_the_season_does_not_touch_what_was_submitted(walk):
    walk.to("review_on_site").wait(days=60)
    assert walk.open == ["print_documents", "review_on_site"]


def test_printing_never_holds_up_the_review(walk):
    walk.to("review_on_site").answer("print_documents", "done")
    assert walk.open == ["review_on_site"]
    assert walk.answer("review_on_site", "pass").ended_through == "completed"


def test_returned_fields_are_corrected_and_reviewed_again(walk):
    walk.to("review_on_site").answer("review_on_site", "return")
    assert walk.open == ["correct_fields", "print_documents"]
    assert walk.task("correct_fields").lane == "candidate"
    walk.wait(days=60).answer("correct_fields", "resubmit")
    assert walk.open == ["print_documents", "review_on_site"]
    assert len(walk.services.called("declaration.reissue_documents")) == 1
    assert walk.answer("review_on_site", "reject").ended_through == "not_passed"
    texts = [call["text"] for call in walk.services.called("sms.send")]
    assert texts == ["on_site_returned", "on_site_refused"]


def _to(walk: Walk, element: str) -> None:
    if element == "review_certificates":
        walk.to("review_scores").answer("review_scores", "submit_for_review")
    elif element == "pay":
        walk.to("choose_delivery").answer("choose_delivery", "next", **BY_MAIL)
    else:
        walk.to(element)
    assert walk.open == [element]


def test_the_season_outlasts_the_hold(walk):
    """The walks above tell the two apart only because of this."""
    walk.to("apply")
    assert walk.due("season_closes") - walk.clock.now() > timedelta(hours=72)
