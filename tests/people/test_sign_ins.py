from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.people import accounts, sign_ins
from engine.people.models import Account, SignIn
from engine.people.person import Role
from tests.people.support import at_once, open_candidate


@pytest.fixture
def account(database, clock):
    return open_candidate(database, clock.now())


@pytest.fixture
def sign_in(database, clock, account):
    def sign_in():
        with database.write() as session:
            return sign_ins.start(
                session, account, now=clock.now(), address="127.0.0.1", kind="candidate"
            )

    return sign_in


@pytest.fixture
def person(database, clock):
    def person(token):
        with database.read() as session:
            return sign_ins.person_of(session, token, clock.now())

    return person


def test_a_token_says_who_is_there(sign_in, person, account):
    found = person(sign_in())
    assert (found.account_id, found.kind, found.name) == (account.id, "candidate", "测试甲")
    assert found.has(Role.CANDIDATE)
    assert found.has("candidate")
    assert not found.has(Role.ADMIN)
    assert not found.verified


def test_only_a_digest_of_the_token_is_kept(database, sign_in):
    token = sign_in()
    assert len(token) >= 43
    with database.read() as session:
        row = session.execute(select(SignIn.__table__)).one()
    assert token not in repr(row)


def test_a_copied_token_is_worthless_after_signing_out(database, sign_in, person):
    token = sign_in()
    with database.write() as session:
        sign_ins.end(session, token)
    assert person(token) is None


def test_a_sign_in_that_ran_out_is_remembered_and_one_that_was_ended_is_not(
    database, sign_in, clock, account
):
    idle, left = sign_in(), sign_in()
    clock.advance(hours=1)
    with database.write() as session:
        sign_ins.end(session, left)
        assert sign_ins.ended(session, idle).account_id == account.id
        assert sign_ins.ended(session, left) is None
        assert sign_ins.ended(session, "unknown") is None
        sign_ins.end_all(session, account.id)
        session.expire_all()
        assert sign_ins.ended(session, idle) is None


def test_unknown_tokens_are_nobody(person):
    assert person("") is None
    assert person("x" * 43) is None


def test_half_an_hour_without_use_ends_it_and_use_keeps_it(database, sign_in, person, clock):
    token = sign_in()
    clock.advance(minutes=29)
    assert person(token)
    with database.write() as session:
        sign_ins.touch(session, token, clock.now())
    clock.advance(minutes=29)
    assert person(token)
    clock.advance(minutes=1)
    assert person(token) is None


def test_use_is_written_down_once_a_minute(database, sign_in, clock):
    token = sign_in()
    with database.read() as session:
        row = sign_ins.find(session, token, clock.now())
        assert not sign_ins.wants_touch(row, clock.advance(seconds=59))
        assert sign_ins.wants_touch(row, clock.advance(seconds=1))


def test_no_amount_of_use_keeps_it_beyond_the_absolute_limit(database, sign_in, person, clock):
    token = sign_in()
    for _ in range(12 * 3):
        clock.advance(minutes=20)
        with database.write() as session:
            sign_ins.touch(session, token, clock.now())
    assert person(token) is None


def test_the_fourth_sign_in_drops_the_oldest_and_says_so(database, sign_in, person, clock):
    tokens = []
    for _ in range(4):
        tokens.append(sign_in())
        clock.advance(seconds=1)
    assert [person(t) is not None for t in tokens] == [False, True, True, True]
    with database.read() as session:
        assert sign_ins.was_displaced(session, tokens[0])
        assert not sign_ins.was_displaced(session, tokens[1])


def test_parallel_sign_ins_leave_three(database, sign_in, account, clock):
    at_once(6, sign_in)
    with database.read() as session:
        assert len(sign_ins.live_of(session, account.id, clock.now())) == 3


def test_a_code_marks_the_sign_in_and_changes_its_token(database, sign_in, person, clock):
    old, other = sign_in(), sign_in()
    with database.write() as session:
        new = sign_ins.mark_verified(session, old, clock.now())
    assert person(old) is None
    assert person(new).verified
    assert not person(other).verified


def test_an_ended_sign_in_cannot_be_marked(database, sign_in, clock):
    token = sign_in()
    with database.write() as session:
        sign_ins.end(session, token)
        assert sign_ins.mark_verified(session, token, clock.now()) is None


def test_a_new_password_ends_every_other_sign_in(database, sign_in, person, account):
    here, there = sign_in(), sign_in()
    with database.write() as session:
        accounts.set_password(
            session, session.get_one(Account, account.id), "new digest", keep_token=here
        )
    assert person(here)
    assert person(there) is None


def test_the_token_of_someone_else_is_not_spared(database, sign_in, person, account, clock):
    mine = sign_in()
    other = open_candidate(database, clock.now(), id_number="370200198511029827")
    with database.write() as session:
        sign_ins.end_all(session, other.id, except_token=mine)
    assert person(mine)


def test_a_disabled_account_is_out_at_once(database, sign_in, person, account, clock):
    token = sign_in()
    with database.write() as session:
        accounts.disable(session, session.get_one(Account, account.id), clock.now())
    assert person(token) is None
    with database.write() as session:
        accounts.enable(session, session.get_one(Account, account.id))
    assert person(token) is None
    assert person(sign_in())


def test_a_restored_copy_ends_everyone(database, sign_in, person):
    token = sign_in()
    with database.write() as session:
        sign_ins.end_everyone(session)
    assert person(token) is None


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(database, clock, person):
    with database.write() as session:
        staff = accounts.open_staff(
            session, username="lin", name="林", mobile=None, password_hash="digest",
            roles=[Role.REGISTRAR, Role.AUDITOR], now=clock.now(),
        )  # fmt: skip
        token = sign_ins.start(session, staff, now=clock.now(), address="127.0.0.1", kind="staff")
    assert person(token).roles == {Role.REGISTRAR, Role.AUDITOR}
    with database.write() as session:
        accounts.revoke(session, accounts.of_username(session, "LIN"), Role.REGISTRAR)
    assert person(token) is None
    with database.write() as session:
        staff = accounts.of_username(session, "lin")
        token = sign_ins.start(session, staff, now=clock.now(), address="::1", kind="staff")
    assert person(token).roles == {Role.AUDITOR}


def test_a_reviewer_is_bound_to_sites_unless_a_role_is_for_all(database, clock, person):
    def token_of(session):
        staff = accounts.of_username(session, "wu")
        return sign_ins.start(session, staff, now=clock.now(), address="::1", kind="staff")

    with database.write() as session:
        accounts.open_staff(
            session, username="wu", name="吴", mobile=None, password_hash="digest",
            roles=[Role.ONSITE_REVIEWER], site_id="shinan", now=clock.now(),
        )  # fmt: skip
        token = token_of(session)
    assert person(token).sites == {"shinan"}
    with database.write() as session:
        accounts.grant(session, accounts.of_username(session, "wu"), Role.REVIEW_LEAD)
        token = token_of(session)
    assert person(token).sites == frozenset()


def test_live_sign_ins_are_listed_newest_first(database, sign_in, account, clock):
    sign_in()
    clock.advance(minutes=1)
    sign_in()
    with database.read() as session:
        rows = sign_ins.live_of(session, account.id, clock.now())
        assert rows[0].started_at - rows[1].started_at == timedelta(minutes=1)
