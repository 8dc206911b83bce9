from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from engine.bpmn.services import ServiceContext
from engine.people import codes
from engine.people.services import SERVICES, OwnerUnreachable
from engine.sms import Sms
from tests.people.support import MOBILE, open_candidate


@pytest.fixture
def call(database, clock):
    account, case_id = open_candidate(database, clock.now()), uuid4()

    def call(name, owner=account.id, secrets=None, case_id=case_id, notes=None, **params):
        with database.write() as session:
            context = ServiceContext(
                case_id=case_id,
                owner_id=owner,
                element="element",
                now=clock.now(),
                session=session,
                secrets=secrets or {},
                notes=set() if notes is None else notes,
            )
            return SERVICES[name](context, **params)

    return call


def test_a_case_sends_a_code_to_its_owner_and_checks_it(database, call, clock):
    sent = call("people.send_code")
    assert sent["sent"]
    assert sent["reason"] == ""
    assert (sent["expires_at"] - clock.now()).total_seconds() == 300
    code = codes.code_of(UUID(sent["challenge_id"]))
    secrets = {"enter_code": {"code": code}}
    notes = set()
    result = call(
        "people.check_code", challenge_id=sent["challenge_id"], secrets=secrets, notes=notes
    )
    assert result == {"right": True, "tries_left": 0, "dead": True}
    assert notes == {"person verified"}
    with database.read() as session:
        assert session.scalars(select(Sms)).one().mobile == MOBILE


def test_a_wrong_or_missing_code_says_how_many_tries_are_left(call):
    sent, notes = call("people.send_code"), set()
    assert call("people.check_code", challenge_id=sent["challenge_id"], notes=notes) == {
        "right": False,
        "tries_left": 4,
        "dead": False,
    }
    assert notes == set()


def test_a_code_of_one_case_opens_no_other(call):
    sent = call("people.send_code")
    secrets = {"enter_code": {"code": codes.code_of(UUID(sent["challenge_id"]))}}
    other = call(
        "people.check_code", challenge_id=sent["challenge_id"], secrets=secrets, case_id=uuid4()
    )
    assert not other["right"]


def test_a_refused_resend_names_the_code_that_still_counts(call, clock):
    first = call("people.send_code")
    second = call("people.send_code")
    assert not second["sent"]
    assert second["reason"]
    assert second["challenge_id"] == first["challenge_id"]
    clock.advance(minutes=6)


def test_when_the_limit_is_reached_and_no_code_is_left_the_case_can_still_go_on(call, clock):
    for _ in range(5):
        call("people.send_code")
        clock.advance(minutes=6)
    refused = call("people.send_code")
    assert (refused["sent"], refused["challenge_id"]) == (False, "")
    assert refused["expires_at"] > clock.now()
    assert call("people.check_code", challenge_id="")["dead"]


def test_a_text_goes_to_the_owner(database, call):
    assert call("sms.send", text="certificate_result", approved=2, refused=0) == {"sent": True}
    with database.read() as session:
        sms = session.scalars(select(Sms)).one()
        assert (sms.text_key, sms.params) == (
            "certificate_result",
            '{"approved": "2", "refused": "0"}',
        )


def test_an_owner_without_a_phone_stops_the_command(call):
    with pytest.raises(OwnerUnreachable):
        call("people.send_code", owner=uuid4())
