"""At the door everything that is wrong looks the same, and nobody can lock anyone else out."""

import pytest

from engine.declaration import demo
from engine.declaration.accounts import find_account
from engine.people import accounts
from engine.people.models import Account
from tests.webapp.site import CAPTCHA, person

GENERIC = "登录信息不正确，请核对后重新输入。"
TOO_MANY = "登录失败次数过多，请一小时后再试，或使用忘记密码。"


WRONG = "wrong-wrong-wrong"


def attempt(visitor, number, password=WRONG, status=422):
    visitor.open("/sign-in")
    return visitor.press(
        "登录", admission_number=number, password=password, captcha=CAPTCHA, status=status
    )


def essence(page):
    """The page without what differs each time it is drawn."""
    for tag in page.soup.select("input[type=hidden], img, audio, input[name=admission_number]"):
        tag.decompose()
    return page.status, str(page.soup)


def test_an_unknown_number_and_a_wrong_password_look_the_same(site):
    numbers = (
        person("S2").admission_number,  # has an account
        person("S1").admission_number,  # stands in the registry, has none
        "999999999999",  # stands nowhere
    )
    pages = [attempt(site.visitor(), number) for number in numbers]
    assert {tuple(page.errors) for page in pages} == {(GENERIC,)}
    assert len({essence(page) for page in pages}) == 1


def test_a_closed_account_looks_the_same_even_with_its_password(site):
    with site.engine.database.write() as session:
        account = find_account(session, person("S2").admission_number)
        accounts.disable(session, session.get_one(Account, account.id), site.clock.now())
    page = attempt(site.visitor(), person("S2").admission_number, demo.PASSWORD)
    assert page.errors == [GENERIC]


@pytest.mark.parametrize("username", ["cert1", "nobody"])
def test_staff_are_told_as_little(site, username):
    visitor = site.visitor()
    visitor.open("/staff/sign-in")
    page = visitor.press(
        "登录", username=username, password="wrong-wrong-wrong", captcha=CAPTCHA, status=422
    )
    assert page.errors == [GENERIC]


@pytest.mark.parametrize("number", [person("S2").admission_number, "999999999999"])
def test_ten_failures_are_enough_for_one_number_from_one_address(site, number):
    guesser = site.visitor()
    assert {tuple(attempt(guesser, number).errors) for _ in range(10)} == {(GENERIC,)}
    assert attempt(guesser, number).errors == [TOO_MANY]
    assert attempt(guesser, number, demo.PASSWORD).errors == [TOO_MANY]


def test_the_owner_gets_in_while_someone_guesses_elsewhere(site):
    number = person("S2").admission_number
    guesser = site.visitor(address="127.0.0.66")
    for _ in range(11):
        attempt(guesser, number)
    owner = site.visitor(address="127.0.0.7")
    assert attempt(owner, number, demo.PASSWORD, status=200).path == "/home"


def test_an_hour_later_there_are_tries_again(site):
    visitor, number = site.visitor(), person("S2").admission_number
    for _ in range(11):
        attempt(visitor, number)
    site.clock.advance(minutes=61)
    assert attempt(visitor, number, demo.PASSWORD, status=200).path == "/home"


@pytest.mark.nightly
def test_one_address_cannot_try_everybody(site):
    """A campus behind one address survives an ordinary day; a guesser does not get far."""
    visitor = site.visitor()
    for n in range(100):
        assert attempt(visitor, f"9{n:011}").errors == [GENERIC]
    assert attempt(visitor, person("S2").admission_number).errors == [TOO_MANY]


def test_an_enormous_password_costs_no_hashing(site):
    page = attempt(site.visitor(), person("S2").admission_number, "x" * 10_000)
    assert page.errors == ["密码过长。"]


def test_a_password_never_comes_back_in_a_page(site):
    page = attempt(site.visitor(), person("S2").admission_number, "quiet-harbour-5519")
    assert "quiet-harbour-5519" not in page.answer.text
    assert page.value("admission_number") == person("S2").admission_number
