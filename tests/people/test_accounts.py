import pytest
from sqlalchemy import select

from engine.people import accounts
from engine.people.models import Account, AccountRole
from engine.people.person import Role
from tests.people.support import ID_NUMBER, MOBILE, at_once, open_candidate


def test_a_candidate_is_found_by_id_number(database, clock):
    opened = open_candidate(database, clock.now())
    with database.read() as session:
        found = accounts.of_id_number(session, ID_NUMBER)
        assert (found.id, found.name, found.mobile) == (opened.id, "测试甲", MOBILE)
        assert accounts.of_id_number(session, "370200198511029827") is None


def test_nothing_personal_is_readable_in_the_table(database, clock):
    open_candidate(database, clock.now())
    with database.read() as session:
        row = repr(session.execute(select(Account.__table__)).one())
    for secret in (ID_NUMBER, MOBILE, "测试甲", repr("测试甲".encode())[2:-1]):
        assert secret not in row


def test_an_id_number_has_one_account(database, clock):
    open_candidate(database, clock.now())
    with pytest.raises(accounts.AccountTaken, match="已经有账号"):
        open_candidate(database, clock.now(), name="别人")


def test_parallel_registrations_open_one_account(database, clock):
    def register():
        try:
            open_candidate(database, clock.now())
        except accounts.AccountTaken:
            return False
        return True

    assert sum(at_once(4, register)) == 1


def test_an_identity_is_corrected_unless_it_is_someone_elses(database, clock):
    open_candidate(database, clock.now())
    other = open_candidate(database, clock.now(), id_number="370200198511029827")
    with database.write() as session:
        account = session.get_one(Account, other.id)
        accounts.set_identity(session, account, name="新名", id_number="370200199307049841")
    with database.read() as session:
        assert accounts.of_id_number(session, "370200199307049841").name == "新名"
    with database.write() as session:
        account = session.get_one(Account, other.id)
        with pytest.raises(accounts.AccountTaken):
            accounts.set_identity(session, account, name="新名", id_number=ID_NUMBER)
        session.rollback()


def test_a_role_is_given_once(database, clock):
    with database.write() as session:
        staff = accounts.open_staff(
            session, username="Chen", name="陈", mobile=MOBILE, password_hash="digest",
            roles=[Role.ANALYST], now=clock.now(),
        )  # fmt: skip
        accounts.grant(session, staff, Role.ANALYST)
        accounts.grant(session, staff, Role.AUDITOR)
    with database.read() as session:
        assert session.scalars(select(AccountRole.role).order_by(AccountRole.role)).all() == [
            "analyst", "auditor",
        ]  # fmt: skip


def test_a_digest_is_renewed_unless_the_password_was_changed_meanwhile(database, clock):
    account = open_candidate(database, clock.now())
    with database.write() as session:
        accounts.rehash_password(session, account.id, "digest", "renewed")
        accounts.rehash_password(session, account.id, "digest", "too late")
    with database.read() as session:
        assert session.get_one(Account, account.id).password_hash == "renewed"


def test_a_new_mobile_takes_the_place_of_the_old(database, clock):
    account = open_candidate(database, clock.now())
    with database.write() as session:
        accounts.set_mobile(session, session.get_one(Account, account.id), "13900000009")
    with database.read() as session:
        assert session.get_one(Account, account.id).mobile == "13900000009"
