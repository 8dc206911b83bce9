from uuid import uuid4

import pytest
from sqlalchemy import select

from engine.db import Keyring, envelope
from engine.people import codes, limits
from engine.people.models import CodeChallenge, Counter
from engine.sms import Sms
from tests.people.support import MOBILE, at_once


@pytest.fixture
def ask(database, clock):
    def ask(purpose="register", mobile=MOBILE, **more):
        with database.write() as session:
            return codes.challenge(session, purpose, mobile, now=clock.now(), **more)

    return ask


@pytest.fixture
def answer(database, clock):
    def answer(challenge, code=None, purpose="register", mobile=MOBILE, **more):
        typed = codes.code_of(challenge.id) if code is None else code
        with database.write() as session:
            return codes.check(
                session,
                challenge.id,
                typed,
                purpose=purpose,
                mobile=mobile,
                now=clock.now(),
                **more,
            )

    return answer


def wrong(challenge):
    return f"{(int(codes.code_of(challenge.id)) + 1) % 10**6:06}"


def test_the_right_code_opens_once(ask, answer):
    asked = ask()
    assert answer(asked).right
    assert not answer(asked).right


def test_two_posts_of_the_right_code_at_once_succeed_once(ask, answer):
    asked = ask()
    assert sorted(r.right for r in at_once(4, lambda: answer(asked))) == [False, False, False, True]


def test_five_wrong_tries_kill_a_code_and_the_right_one_comes_too_late(ask, answer):
    asked = ask()
    results = [answer(asked, wrong(asked)) for _ in range(5)]
    assert [(r.tries_left, r.dead) for r in results] == [
        (4, False), (3, False), (2, False), (1, False), (0, True),
    ]  # fmt: skip
    assert answer(asked) == codes.CodeResult(right=False, tries_left=0, dead=True)


@pytest.mark.parametrize(("seconds", "right"), [(299, True), (300, False), (301, False)])
def test_a_code_lasts_five_minutes(ask, answer, clock, seconds, right):
    asked = ask()
    clock.advance(seconds=seconds)
    assert answer(asked).right is right


@pytest.mark.parametrize(
    "elsewhere",
    [{"purpose": "sign-in"}, {"mobile": "13900000002"}, {"bound_to": "another browser"}],
)
def test_a_code_opens_only_what_it_was_asked_for(ask, answer, elsewhere):
    asked = ask(bound_to="this browser")
    assert not answer(asked, **({"bound_to": "this browser"} | elsewhere)).right
    assert answer(asked, bound_to="this browser").right


def test_a_code_may_be_typed_with_full_width_digits_and_blanks(ask, answer):
    asked = ask()
    spaced = " ".join(codes.code_of(asked.id))
    assert answer(
        asked, spaced.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    ).right


def test_nonsense_is_a_wrong_code_and_nothing_worse(ask, answer):
    asked = ask()
    for typed in ("", "1234567", "验证码", "٣٣٣٣٣٣", "1" * 10_000):
        assert not answer(asked, typed).right


def test_an_unknown_challenge_is_dead(database, clock):
    with database.write() as session:
        for unknown in (None, uuid4()):
            found = codes.check(
                session, unknown, "000000", purpose="register", mobile=MOBILE, now=clock.now()
            )
            assert found.dead


def test_a_second_code_within_a_minute_is_not_sent_and_the_first_still_counts(ask, answer, clock):
    first = ask()
    clock.advance(seconds=59)
    second = ask()
    assert (second.sent, second.id, second.expires_at) == (False, first.id, first.expires_at)
    assert "60 秒" in second.reason
    assert answer(second).right
    clock.advance(seconds=1)
    assert ask().sent


def test_five_codes_an_hour_whatever_the_minute(ask, clock):
    sent = []
    for _ in range(12):
        sent.append(ask().sent)
        clock.advance(minutes=10)
    # At most five in any sixty minutes: six steps of ten minutes hold five codes and one refusal.
    assert all(sum(sent[i : i + 6]) <= 5 for i in range(7))
    assert sum(sent) == 10


def test_ten_codes_a_day(ask, clock):
    sent = []
    for _ in range(12):
        sent.append(ask().sent)
        clock.advance(minutes=61)
    assert sent == [True] * 10 + [False] * 2
    clock.advance(hours=24)
    assert ask().sent


def test_purposes_share_the_limits_of_a_phone_and_phones_do_not(ask):
    assert ask("register").sent
    assert not ask("sign-in").sent
    assert ask("register", "13900000002").sent


def test_parallel_requests_send_one_code(ask):
    assert sum(c.sent for c in at_once(4, ask)) == 1


def test_all_codes_together_have_a_budget(database, ask, clock):
    with database.write() as session:
        limits.CODES_IN_ALL.hit(session, "", clock.now())
        session.get(Counter, limits.CODES_IN_ALL.key("")).count = limits.CODES_IN_ALL.most
    assert "繁忙" in ask().reason


def test_ten_wrong_codes_an_hour_and_the_guesser_is_out(ask, answer, clock):
    for _ in range(2):
        asked = ask(bound_to="guesser")
        for _ in range(5):
            answer(asked, wrong(asked), bound_to="guesser")
        clock.advance(seconds=60)
    third = ask(bound_to="guesser")
    assert not answer(third, bound_to="guesser").right


def test_a_guesser_does_not_lock_the_owner_out(ask, answer, clock):
    for _ in range(2):
        asked = ask(bound_to="guesser")
        for _ in range(5):
            answer(asked, wrong(asked), bound_to="guesser")
        clock.advance(seconds=60)
    assert answer(ask(bound_to="owner"), bound_to="owner").right


def test_guessing_across_accounts_is_noticed(database, ask, answer, clock):
    with database.read() as session:
        assert not codes.is_guessed_at(session, clock.now())
    with database.write() as session:
        limits.WRONG_CODES_IN_ALL.hit(session, "", clock.now())
        session.get(Counter, limits.WRONG_CODES_IN_ALL.key("")).count = (
            limits.WRONG_CODES_IN_ALL.most - 1
        )
    asked = ask()
    answer(asked, wrong(asked))
    with database.read() as session:
        assert codes.is_guessed_at(session, clock.now())


def test_a_decoy_looks_like_a_code_and_opens_nothing(database, clock, ask, answer):
    with database.write() as session:
        decoy = codes.decoy(session, "register", MOBILE, now=clock.now(), text="already_registered")
    assert decoy.sent
    result = answer(decoy)
    assert (result.right, result.tries_left, result.dead) == (False, 4, False)
    assert not ask().sent
    with database.read() as session:
        sms = session.scalars(select(Sms)).one()
        assert (sms.text_key, sms.challenge_id) == ("already_registered", None)


def test_a_decoy_without_a_text_tells_the_phone_nothing(database, clock):
    with database.write() as session:
        codes.decoy(session, "reset", MOBILE, now=clock.now())
    with database.read() as session:
        assert session.scalars(select(Sms)).all() == []


def test_a_code_is_six_digits_that_follow_from_the_key_alone():
    challenge = uuid4()
    code = codes.code_of(challenge)
    assert len(code) == 6
    assert code.isdecimal()
    kept = envelope.keyring()
    try:
        envelope.install(Keyring({1: bytes(32)}))
        others = {codes.code_of(challenge)}
    finally:
        envelope.install(kept)
    assert code not in others
    assert codes.code_of(challenge) == code


def test_leading_zeros_are_kept():
    assert any(codes.code_of(uuid4()).startswith("0") for _ in range(200))


def test_no_table_holds_the_code(database, ask):
    asked = ask()
    code = codes.code_of(asked.id)
    with database.read() as session:
        connection = session.connection()
        for table in CodeChallenge.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert code not in repr(row).replace(str(asked.id), "")
