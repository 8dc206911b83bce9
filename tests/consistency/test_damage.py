"""Every kind of damage is named by the invariant that it breaks, and by no other."""

import pytest

from engine.declaration.consistency import CASE_RULES, RULES

DAMAGE = {
    "a counter was raised by hand": (
        "UPDATE batch SET taken = taken + 1 WHERE site_id = 'shinan' AND number = 3",
        {"seats-counted"},
    ),
    "a batch has more than sixty seats": (
        "UPDATE batch SET capacity = 61 WHERE site_id = 'huangdao' AND number = 2",
        {"seats-counted"},
    ),
    "a declaration has two seats": (
        """
        DROP INDEX uq_seat_active;
        INSERT INTO seat (id, batch_id, season_id, declaration_id, state, taken_at)
        SELECT hex(randomblob(16)), batch_id, season_id, declaration_id, state, taken_at
        FROM seat WHERE declaration_id = $S1;
        UPDATE batch SET taken = taken + 1
        WHERE id = (SELECT batch_id FROM seat WHERE declaration_id = $S1)
        """,
        {"one-seat"},
    ),
    "a held seat has no end": (
        "UPDATE seat SET held_until = NULL WHERE state = 'held'",
        {"seat-states"},
    ),
    "a withdrawn declaration kept its seat": (
        """
        UPDATE seat SET state = 'final', released_at = NULL WHERE state = 'released';
        UPDATE batch SET taken = taken + 1 WHERE site_id = 'shinan' AND number = 4
        """,
        {"seats-of-live-declarations"},
    ),
    "a declaration was closed and its case was not": (
        "UPDATE declaration SET state = 'passed', closed_at = submitted_at WHERE id = $S1",
        {"declarations-follow-cases"},
    ),
    "a submitted declaration does not say when": (
        "UPDATE declaration SET submitted_at = NULL WHERE id = $S1",
        {"declaration-states"},
    ),
    "a transcript was lost": ("DELETE FROM transcript", {"submitted-complete"}),
    "an exemption was approved by hand": (
        """
        UPDATE exemption SET state = 'approved', decided_at = chosen_at,
            decided_by = (SELECT decided_by FROM exemption_decision LIMIT 1)
        WHERE state = 'submitted'
        """,
        {"exemptions-decided", "submissions-fit"},
    ),
    "the decision was on an older version": (
        "UPDATE exemption_decision SET version = version + 1",
        {"exemptions-decided"},
    ),
    "the decision was on other evidence": (
        "UPDATE exemption_decision SET evidence_hash = 'f00'",
        {"exemptions-decided"},
    ),
    "the decision was taken back": (
        "UPDATE exemption_decision SET is_approved = 0",
        {"exemptions-decided"},
    ),
    "the decision is someone's who never claimed": (
        """
        UPDATE exemption SET decided_by = (SELECT id FROM account WHERE username = 'cert2')
        WHERE state = 'approved';
        UPDATE exemption_decision
        SET decided_by = (SELECT id FROM account WHERE username = 'cert2')
        """,
        {"decisions-claimed"},
    ),
    "a submission was closed under the reviewer": (
        "UPDATE certificate_submission SET state = 'recalled' WHERE state = 'open'",
        {"submissions-fit"},
    ),
    "a certificate number is nobody's": (
        "DELETE FROM certificate_number WHERE rowid = 1",
        {"certificate-numbers"},
    ),
    "a certificate number belongs to another person": (
        "UPDATE certificate_number SET owner_id = (SELECT owner_id FROM case_ WHERE id = $PAID)",
        {"certificate-numbers"},
    ),
    "a certificate number has no certificate": (
        "INSERT INTO certificate_number VALUES ('abc', (SELECT id FROM account LIMIT 1))",
        {"certificate-numbers"},
    ),
    "a certificate stands in another person's declaration": (
        """
        UPDATE certificate SET owner_id = (SELECT owner_id FROM case_ WHERE id = $PAID)
        WHERE rowid = 1;
        UPDATE certificate_number SET owner_id = (SELECT owner_id FROM case_ WHERE id = $PAID)
        WHERE number_index = (SELECT number_index FROM certificate WHERE rowid = 1)
        """,
        {"certificate-owners"},
    ),
    "a paid order has another amount": (
        "UPDATE payment_order SET amount = amount + 1",
        {"payments-as-ordered"},
    ),
    "a paid order knows no payment": (
        "UPDATE payment_order SET provider_transaction = NULL",
        {"payments-as-ordered", "notices-took-effect"},
    ),
    "a notice was kept and did nothing": (
        "UPDATE payment_order SET state = 'closed'",
        {"notices-took-effect"},
    ),
    "a case was paid twice": (
        """
        INSERT INTO payment_order (id, number, case_id, amount, subject, state, case_waits,
            abandoned, provider_transaction, created_at, expires_at, paid_at)
        SELECT hex(randomblob(16)), number || 'x', case_id, amount, subject, state, case_waits,
            abandoned, 'another', created_at, expires_at, paid_at FROM payment_order
        """,
        {"paid-once"},
    ),
    "more goes back than came": (
        """
        UPDATE payment_order SET state = 'refund_due';
        INSERT INTO payment_refund (id, order_id, provider_transaction, amount, reason, state,
            created_at)
        SELECT hex(randomblob(16)), id, provider_transaction, amount + 1, 'late', 'due', paid_at
        FROM payment_order
        """,
        {"refunds-fit"},
    ),
    "a refund is due and not queued": (
        "UPDATE payment_order SET state = 'refund_due'",
        {"refunds-fit"},
    ),
    "a photo names a file that is not there": (
        "UPDATE photo SET file_id = hex(randomblob(16))",
        {"file-references"},
    ),
    "a certificate shows another picture": (
        "UPDATE certificate SET file_id = (SELECT file_id FROM photo LIMIT 1) WHERE rowid = 1",
        {"file-digests"},
    ),
    "a printed document was exchanged": (
        "UPDATE document_issue SET sha256 = 'f00' WHERE kind = 'receipt'",
        {"file-digests"},
    ),
    "a finished case still has a work item": (
        """
        UPDATE case_ SET status = 'finished', closed_at = changed_at WHERE id = $PAID;
        UPDATE declaration SET state = 'passed', closed_at = submitted_at WHERE id = $S1
        """,
        {"ended-cases-quiet"},
    ),
    "an answer was lost": (
        "DELETE FROM answer WHERE element = 'apply'",
        {"answers-complete"},
    ),
    "a reply was given for nothing": (
        """
        UPDATE stored_reply SET given_at = '2020-01-01 00:00:00.000000'
        WHERE rowid = (SELECT min(rowid) FROM stored_reply)
        """,
        {"replies-belong"},
    ),
    "a message in the inbox is not counted": (
        "UPDATE case_ SET inbox_count = 1 WHERE id = $PAID",
        {"inboxes-counted"},
    ),
    "one person checked their own work": (
        """
        UPDATE work_item SET not_same_person_as = 'apply',
            closed_by = (SELECT owner_id FROM case_ WHERE id = $PAID)
        WHERE element = 'confirm_transcript'
        """,
        {"four-eyes"},
    ),
    "a line of the audit was changed": (
        "UPDATE event SET detail = '{}' WHERE number = 5 AND case_id = $PAID",
        {"audit-chains"},
    ),
    "a line of the audit was removed": (
        "DELETE FROM event WHERE kind = 'step finished' AND number = 6 AND case_id = $PAID",
        {"audit-chains"},
    ),
    "a published diagram was changed": (
        """
        UPDATE release_file SET content = CAST(content || ' ' AS BLOB)
        WHERE path = 'workflows/sms.toml'
        """,
        {"release-bytes"},
    ),
    "a code was guessed at too often": (
        "UPDATE code_challenge SET tries = 6 WHERE rowid = 1",
        {"codes-in-time"},
    ),
    "a code was used after it had expired": (
        "UPDATE code_challenge SET used_at = '2030-01-01 00:00:00.000000' WHERE rowid = 1",
        {"codes-in-time"},
    ),
    "a disabled account is still signed in": (
        "UPDATE account SET disabled_at = '2020-01-01 00:00:00.000000' WHERE username = 'cert1'",
        {"sign-ins-allowed"},
    ),
    "an answer was moved to another row": (
        """
        UPDATE answer SET values_sealed = (SELECT values_sealed FROM answer ORDER BY id DESC)
        WHERE element = 'select_scores' OR element = 'apply'
        """,
        {"sealed-opens"},
    ),
    "a phone is not found by its number": (
        "UPDATE account SET mobile_index = 'f00' WHERE username = 'cert1'",
        {"indexes-agree"},
    ),
    "a phone number stands in a job": (
        "UPDATE job SET error = 'no answer from 13900000001' WHERE kind = 'sms.deliver'",
        {"personal-data"},
    ),
    "a row leads nowhere": (
        "UPDATE sms SET case_id = hex(randomblob(16)) WHERE rowid = 1",
        {"references"},
    ),
    "a state was cut short": (
        """
        UPDATE case_state SET content = substr(content, 1, 40) WHERE case_id = $PAID
        """,
        {"state-resumes"},
    ),
    "a state was lost": (
        "DELETE FROM case_state WHERE case_id = $PAID",
        {"state-resumes"},
    ),
    "a work item was closed by hand": (
        """
        UPDATE work_item SET closed_at = opened_at WHERE id = $REVIEW
        """,
        {"work-items-agree"},
    ),
    "a work item was opened by hand": (
        """
        UPDATE work_item SET closed_at = NULL, closed_by = NULL, outcome = NULL
        WHERE element = 'confirm_transcript' AND case_id = $PAID
        """,
        {"work-items-agree"},
    ),
    "nobody listens for the recall": (
        "DELETE FROM catch_event WHERE message = 'recall'",
        {"waits-agree"},
    ),
    "a timer was moved": (
        "UPDATE catch_event SET due_at = '2026-03-01 00:00:00.000000' WHERE element = 'remind_at'",
        {"waits-agree", "timers-on-time"},
    ),
    "a timer has lost its job": (
        "UPDATE job SET state = 'cancelled' WHERE kind = 'cases.fire_timers'",
        {"timers-have-jobs"},
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_named_by_its_invariant(damaged, what):
    statements, names = DAMAGE[what]
    damaged.run(*statements.split(";"))
    assert damaged.names() == names


def test_a_file_that_was_lost_or_changed_is_named(damaged):
    first, second, *_ = sorted((damaged.home / "files").glob("??/*"))
    first.unlink()
    second.write_bytes(b"something else altogether, and long enough")
    assert damaged.names() == {"file-contents"}


def test_a_published_diagram_that_was_lost_is_named(damaged):
    damaged.run("DELETE FROM release_file WHERE path = 'workflows/score_review.bpmn'")
    assert damaged.names() == {"release-bytes"}
    damaged.forget_releases()
    assert damaged.names() == {"release-bytes", "releases-usable", "state-resumes"}


def test_a_case_that_waits_for_nothing_is_named(damaged):
    damaged.run(
        "DELETE FROM catch_event",
        "UPDATE work_item SET closed_at = opened_at WHERE outcome IS NULL",
    )
    assert damaged.names() == {"open-case-moves", "work-items-agree", "waits-agree"}


def test_a_late_worker_is_named(damaged):
    damaged.clock.advance(hours=21)
    assert damaged.names() == {"timers-on-time"}


def test_a_value_that_was_never_sealed_is_named(damaged):
    damaged.run("UPDATE account SET name_sealed = x'0102'")
    assert damaged.names() == {"sealed-opens"}


def test_data_that_cannot_be_read_stops_no_other_check(damaged):
    damaged.run("DROP TABLE transcript", "UPDATE batch SET taken = taken + 1 WHERE number = 3")
    assert {"submitted-complete", "seats-counted"} <= damaged.names()


def test_every_invariant_is_broken_by_some_damage():
    broken = set().union(*(names for _statements, names in DAMAGE.values()))
    elsewhere = {
        "file-contents",
        "open-case-moves",
        "releases-usable",
        "tokens-without-personal-data",
    }
    assert RULES.keys() | CASE_RULES.keys() == broken | elsewhere
