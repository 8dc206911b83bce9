import io
import wave
from uuid import uuid4

import pytest
from PIL import Image

from engine.people import captchas
from tests.people.support import at_once


class Known:
    """Answers that a test knows."""

    def answer(self, captcha_id):
        return "24680"


@pytest.fixture
def captcha(database, clock):
    with database.write() as session:
        return captchas.new(session, "browser", clock.now())


@pytest.fixture
def check(database, clock, captcha):
    def check(answer="24680", bound_to="browser"):
        with database.write() as session:
            return captchas.check(session, captcha.id, answer, bound_to, clock.now(), Known())

    return check


def test_the_right_answer_counts_once(check):
    assert check()
    assert not check()


def test_parallel_replays_count_once(check):
    assert sum(at_once(4, check)) == 1


def test_a_wrong_answer_uses_the_captcha_up(check):
    assert not check("11111")
    assert not check()


def test_a_captcha_belongs_to_its_browser(check):
    assert not check(bound_to="another browser")
    assert check()


def test_a_captcha_lasts_five_minutes(check, clock):
    clock.advance(seconds=300)
    assert not check()


def test_full_width_digits_are_right_too(check):
    assert check(" ２４６８０ ")


def test_nothing_is_right_without_a_captcha(database, clock):
    with database.write() as session:
        assert not captchas.check(session, None, "24680", "browser", clock.now(), Known())
        assert not captchas.check(session, uuid4(), "24680", "browser", clock.now(), Known())


def test_it_can_be_seen_and_heard(database, clock, captcha):
    with database.read() as session:
        first = captchas.image(session, captcha.id, "browser", clock.now())
        again = captchas.image(session, captcha.id, "browser", clock.now())
        sound = captchas.audio(session, captcha.id, "browser", clock.now())
    assert first != again
    with Image.open(io.BytesIO(first)) as picture:
        assert (picture.format, picture.size) == ("PNG", (200, 70))
    with wave.open(io.BytesIO(sound)) as spoken:
        assert spoken.getnframes() > spoken.getframerate()


def test_another_browser_sees_nothing_and_neither_does_a_late_one(database, clock, captcha):
    with database.read() as session:
        with pytest.raises(captchas.CaptchaGone):
            captchas.image(session, captcha.id, "another browser", clock.now())
        clock.advance(minutes=5)
        with pytest.raises(captchas.CaptchaGone):
            captchas.audio(session, captcha.id, "browser", clock.now())


def test_answers_are_five_digits_that_differ():
    answers = {captchas.DERIVED.answer(uuid4()) for _ in range(50)}
    assert len(answers) > 45
    assert all(len(a) == 5 and a.isdecimal() for a in answers)


def test_bindings_of_strangers_differ():
    assert captchas.fresh_binding() != captchas.fresh_binding()
