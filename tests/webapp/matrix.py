"""Every address for everybody: what each kind of visitor is answered.

A new address needs a row here; `test_access.py` refuses it until it has one. The case is that of
S5, whose certificate waits for a reviewer. `certificate` is the reviewer who holds the work item,
`colleague` has the same role and does not hold it, `operator` looks after all cases, `overseer` may
look at them, `staff` is everybody else with a staff account.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

WHO = (
    "anonymous",
    "unverified",
    "stranger",
    "owner",
    "certificate",
    "colleague",
    "operator",
    "overseer",
    "staff",
)
ENVELOPE = {"version": "0", "submission": "00000000-0000-4000-8000-000000000000"}


ENTRANCE = (200, 303, 303, 303, 200, 200, 200, 200, 200)
"""Whoever is in already is led on; staff hold no cookie of the candidates' pages."""
STAFF_ENTRANCE = (200, 200, 200, 200, 303, 303, 303, 303, 303)


@dataclass(frozen=True)
class Row:
    """What each is answered, in the order of `WHO`; `fields` is what is posted."""

    answers: tuple[int, ...]
    fields: Mapping[str, str] = field(default_factory=dict)

    def answer_for(self, who: str) -> int:
        return self.answers[WHO.index(who)]


def everyone(status: int, **fields: str) -> Row:
    return Row((status,) * len(WHO), fields)


def candidates(
    *, unverified: int, owner: int, stranger: int, anonymous: int = 303, **fields: str
) -> Row:
    """A page under the candidates' cookie: staff are asked to sign in as anybody is."""
    return Row((anonymous, unverified, stranger, owner, 303, 303, 303, 303, 303), fields)


def staff(*, certificate: int, colleague: int, others: int, **fields: str) -> Row:
    """A page under the staff's cookie: candidates are asked to sign in there."""
    return Row((303, 303, 303, 303, certificate, colleague, others, others, others), fields)


def operators(*, operator: int, overseer: int = 403, **fields: str) -> Row:
    """A page of the operators: other staff may not open it."""
    return Row((303, 303, 303, 303, 403, 403, operator, overseer, 403), fields)


ROWS: Mapping[tuple[str, str], Row] = {
    # Pages for anybody.
    ("GET", "account.notices"): Row(ENTRANCE),
    ("GET", "account.help_page"): everyone(200),
    ("GET", "account.register"): everyone(200),
    ("POST", "account.submit_registration"): everyone(422),
    ("GET", "account.registered"): everyone(200),
    ("GET", "account.sign_in_page"): Row(ENTRANCE),
    ("POST", "account.submit_sign_in"): everyone(422),
    ("GET", "account.forgotten_password"): everyone(200),
    ("POST", "account.reset_password"): everyone(422),
    ("GET", "account.password_changed"): everyone(200),
    ("GET", "account.new_captcha"): everyone(303),
    ("GET", "account.captcha_image"): everyone(404),
    ("GET", "account.captcha_audio"): everyone(404),
    ("GET", "account.staff_captcha_image"): everyone(404),
    ("GET", "account.staff_captcha_audio"): everyone(404),
    ("POST", "account.choose_language"): everyone(303),
    ("POST", "account.choose_staff_language"): everyone(303),
    ("POST", "account.csp_report"): everyone(204),
    ("GET", "documents.verify"): everyone(200),
    ("GET", "documents.verified"): everyone(404),
    ("POST", "payments.callback"): everyone(400),
    ("POST", "account.leave"): everyone(303),
    # A candidate's own pages.
    ("GET", "account.password_page"): candidates(unverified=200, owner=200, stranger=200),
    ("POST", "account.change_password"): candidates(unverified=422, owner=422, stranger=422),
    ("GET", "account.verify"): candidates(unverified=200, owner=200, stranger=200),
    ("POST", "account.submit_verification"): candidates(unverified=422, owner=422, stranger=422),
    ("GET", "candidate.home"): candidates(unverified=303, owner=200, stranger=200),
    ("POST", "candidate.begin"): candidates(unverified=404, owner=404, stranger=404),
    ("GET", "candidate.corrections"): candidates(unverified=303, owner=200, stranger=200),
    ("POST", "candidate.begin_correction"): candidates(unverified=303, owner=303, stranger=303),
    ("GET", "candidate.file"): candidates(unverified=303, owner=200, stranger=404),
    ("GET", "candidate.document"): candidates(unverified=303, owner=404, stranger=404),
    ("GET", "tasks.work_item"): candidates(unverified=303, owner=200, stranger=404),
    ("POST", "tasks.complete"): candidates(
        unverified=303, owner=409, stranger=404, outcome="next", **ENVELOPE
    ),
    ("POST", "tasks.act"): candidates(unverified=303, owner=409, stranger=404, **ENVELOPE),
    ("POST", "tasks.save_draft"): candidates(unverified=303, owner=204, stranger=404, **ENVELOPE),
    ("POST", "tasks.send_offered"): candidates(unverified=303, owner=303, stranger=404),
    # Pages of the staff. Whoever has neither the role nor the place finds nothing.
    ("GET", "review.entrance"): everyone(303),
    ("GET", "review.sign_in"): Row(STAFF_ENTRANCE),
    ("POST", "review.submit_sign_in"): everyone(422),
    ("POST", "review.leave"): everyone(303),
    ("GET", "review.queue"): staff(certificate=200, colleague=200, others=200),
    ("POST", "review.claim_next"): staff(certificate=303, colleague=303, others=303),
    ("POST", "review.claim"): staff(certificate=303, colleague=303, others=404),
    ("POST", "review.release"): staff(certificate=303, colleague=303, others=404),
    ("GET", "review.file"): staff(certificate=200, colleague=404, others=404),
    ("GET", "account.staff_password_page"): staff(certificate=200, colleague=200, others=200),
    ("POST", "account.change_staff_password"): staff(certificate=422, colleague=422, others=422),
    ("GET", "staff_tasks.work_item"): staff(certificate=200, colleague=200, others=404),
    ("POST", "staff_tasks.complete"): staff(
        certificate=422, colleague=422, others=404, outcome="nothing", **ENVELOPE
    ),
    ("POST", "staff_tasks.act"): staff(certificate=404, colleague=404, others=404, **ENVELOPE),
    ("POST", "staff_tasks.save_draft"): staff(
        certificate=204, colleague=204, others=404, **ENVELOPE
    ),
    ("POST", "staff_tasks.send_offered"): staff(certificate=404, colleague=404, others=404),
    # Pages of the operators: three roles look, one acts.
    ("GET", "operations.overview"): operators(operator=200, overseer=200),
    ("GET", "operations.cases"): operators(operator=200, overseer=200),
    ("GET", "operations.case"): operators(operator=200, overseer=200),
    ("GET", "operations.incidents"): operators(operator=200, overseer=200),
    ("GET", "operations.jobs"): operators(operator=200, overseer=200),
    ("POST", "operations.suspend"): operators(operator=422),
    ("POST", "operations.resume"): operators(operator=422),
    ("POST", "operations.retry_case"): operators(operator=303),
    ("POST", "operations.show_personal"): operators(operator=422),
    ("POST", "operations.take"): operators(operator=404),
    ("POST", "operations.retry_incident"): operators(operator=404),
    ("POST", "operations.resolve"): operators(operator=404, note="平台已恢复"),
    ("POST", "operations.retry_job"): operators(operator=404),
}
