"""The called diagrams, each from its start: the code, the scores, the payment, the correction."""

import pytest

from tests.workflows.walking import Services, Walk

BY_MAIL = {"method": "mail", "province": "370000"}


@pytest.fixture
def verification(clock) -> Walk:
    return Walk(clock, "sms_verification").answer("request_code", "send")


@pytest.fixture
def consolidation(clock) -> Walk:
    return Walk(clock, "score_consolidation")


@pytest.fixture
def payment(clock) -> Walk:
    return Walk(clock, "delivery_payment").answer("choose_delivery", "next", **BY_MAIL)


@pytest.fixture
def correction(clock) -> Walk:
    return Walk(clock, "identity_correction").answer("request_correction", "submit")


# -- the code ----------------------------------------------------------------------------------


def test_the_right_code_verifies(verification):
    assert verification.answer("enter_code", "submit").ended_through == "verified"
    assert verification.services.called("people.check_code") == [{"challenge_id": "c-1"}]


def test_a_wrong_code_does_not_restart_its_time(verification):
    due = verification.due("code_expired")
    verification.services.next_time("people.check_code", right=False, tries_left=4)
    verification.wait(minutes=4).answer("enter_code", "submit")
    assert verification.open == ["enter_code"]
    assert verification.due("code_expired") == due
    assert verification.task("enter_code").data["check_code"]["tries_left"] == 4


def test_a_code_without_tries_left_is_asked_for_anew(verification):
    verification.services.next_time("people.check_code", right=False, tries_left=0, dead=True)
    assert verification.answer("enter_code", "submit").open == ["request_code"]


def test_an_expired_code_is_asked_for_anew(verification):
    assert verification.wait(minutes=5).open == ["request_code"]


def test_another_code_gets_a_time_of_its_own(verification):
    verification.wait(minutes=4).answer("enter_code", "resend").wait(minutes=4)
    assert verification.open == ["enter_code"]


def test_a_code_that_was_not_sent_is_not_asked_for(verification):
    verification.services.next_time(
        "people.send_code", sent=False, expires_at=None, challenge_id=None, reason="请稍后再试"
    )
    assert verification.answer("enter_code", "resend").open == ["request_code"]


# -- the scores --------------------------------------------------------------------------------


def test_without_duplicates_next_goes_straight_on(consolidation):
    assert consolidation.answer("consolidate_scores", "next").ended_through == "consolidated"


@pytest.mark.parametrize("merge", ["merge_admission_number", "merge_archive", "merge_transfer"])
def test_merged_scores_are_chosen_from_before_going_on(consolidation, merge):
    assert consolidation.answer("consolidate_scores", merge).open == ["select_scores"]
    assert consolidation.answer("select_scores", "confirm").open == ["consolidate_scores"]
    assert consolidation.answer("consolidate_scores", "next").ended_through == "consolidated"


def test_a_refused_merge_leaves_the_candidate_on_the_page(consolidation):
    consolidation.services.next_time(
        "declaration.consolidate", added=0, refused=True, reason="查无成绩"
    )
    consolidation.answer("consolidate_scores", "merge_archive")
    assert consolidation.open == ["consolidate_scores"]
    assert consolidation.task("consolidate_scores").data["consolidate"]["reason"] == "查无成绩"


def test_open_duplicates_are_chosen_from_before_going_on(consolidation):
    consolidation.services.next_time("declaration.find_duplicates", open=2)
    assert consolidation.answer("consolidate_scores", "next").open == ["select_scores"]
    consolidation.answer("select_scores", "confirm").answer("consolidate_scores", "next")
    assert consolidation.ended_through == "consolidated"


# -- the payment -------------------------------------------------------------------------------


def test_what_is_paid_already_is_not_asked_for_again(clock):
    services = Services(clock)
    services.next_time("payments.find_paid", paid=True)
    assert Walk(clock, "delivery_payment", services).ended_through == "settled"


def test_picking_up_costs_nothing(clock):
    payment = Walk(clock, "delivery_payment")
    payment.answer("choose_delivery", "next", method="pick_up", province=None)
    assert payment.ended_through == "settled"
    assert payment.services.called("payments.create_order") == []


@pytest.mark.parametrize(
    ("province", "fee"), [("370000", 2000), ("540000", 3000), ("710000", 6000)]
)
def test_the_postage_follows_the_province(clock, province, fee):
    payment = Walk(clock, "delivery_payment")
    payment.answer("choose_delivery", "next", method="mail", province=province)
    assert [call["amount"] for call in payment.services.called("payments.create_order")] == [fee]


def test_a_payment_settles(payment):
    payment.services.next_time("payments.read_order", state="paid", settled=True)
    assert payment.hear("payment_settled") == 1
    assert payment.ended_through == "settled"


def test_a_message_without_a_payment_changes_nothing(payment):
    due = payment.due("payment_expired")
    payment.wait(minutes=20)
    assert payment.hear("payment_settled") == 1
    assert payment.open == ["pay"]
    assert payment.due("payment_expired") == due


@pytest.mark.parametrize("way", ["expiry", "change"])
def test_a_closed_order_leads_back_to_the_choice(payment, way):
    _let_go(payment, way)
    assert payment.open == []
    payment.services.next_time("payments.read_order", state="closed")
    assert payment.hear("order_resolved") == 1
    assert payment.open == ["choose_delivery"]


@pytest.mark.parametrize("way", ["expiry", "change"])
def test_an_order_that_was_paid_after_all_settles(payment, way):
    _let_go(payment, way)
    payment.services.next_time("payments.read_order", state="paid", settled=True)
    payment.hear("order_resolved")
    assert payment.ended_through == "settled"


def test_an_order_that_needs_no_closing_is_read_at_once(payment):
    payment.services.next_time("payments.request_close", requested=False)
    payment.services.next_time("payments.read_order", state="paid", settled=True)
    payment.answer("pay", "change_delivery")
    assert payment.ended_through == "settled"


def _let_go(payment: Walk, way: str) -> None:
    if way == "expiry":
        payment.wait(minutes=30)
    else:
        payment.answer("pay", "change_delivery")


# -- the correction ----------------------------------------------------------------------------


def test_a_correction_is_decided_by_another_person(correction):
    task = correction.task("decide_correction")
    assert task.lane == "registrar"
    assert task.properties["not_same_person_as"] == "request_correction"


def test_an_approved_correction_changes_the_record(correction):
    assert correction.answer("decide_correction", "approve").ended_through == "corrected"
    assert len(correction.services.called("declaration.correct_identity")) == 1
    assert correction.services.called("sms.send") == [{"text": "correction_approved"}]


def test_a_refused_correction_changes_nothing(correction):
    assert correction.answer("decide_correction", "refuse").ended_through == "refused_correction"
    assert correction.services.called("declaration.correct_identity") == []
    assert correction.services.called("sms.send") == [{"text": "correction_refused"}]
