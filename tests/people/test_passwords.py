import pytest

from engine.people import guessing, passwords

OWN = ["370200199003159814", "020120100001", "13900000001", "测试甲", "zhangxiaoming"]


@pytest.mark.parametrize(
    "password",
    [
        "woaini1314",
        "19900101ab",
        "zhangsan1990",
        "Exam@20261",
        "p4ssw0rd2024",
        "Password123!",
        "qwertyuiop12",
        "1234567890",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "qingdao2026zikao",
        "5201314woaini",
        "1qaz2wsx3edc",
        "Zhang19900307wei",
        "ｗｏａｉｎｉ１３１４",
    ],
)
def test_what_a_guesser_tries_first_is_refused(password):
    assert "太容易被猜到" in (passwords.problem_of(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "370200199003159814",
        "x19900315yTq",
        "Kq020120100001",
        "qK7-13900000001",
        "测试甲的好密码真的很长",
        "ZhangXiaoMing#7",
    ],
)
def test_facts_about_the_person_are_refused(password):
    assert "不能含有您的" in (passwords.problem_of(password, OWN) or "")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "雨后青岛的海风很大吧",
        "tK9#vm2Lq!xw",
        "🌊⛵雨后的海🌊⛵真好看",
        "k" + "长而好记的句子" * 20,
    ],
)
def test_long_chinese_blanks_and_emoji_are_welcome(password):
    assert passwords.problem_of(password, OWN) is None


def test_nine_characters_are_too_few_and_ten_enough():
    assert "至少需要 10" in (passwords.problem_of("tK9#vm2Lq") or "")
    assert passwords.problem_of("tK9#vm2Lq!") is None


def test_ten_kilobytes_are_refused_before_any_hashing():
    assert "最多 1024" in (passwords.problem_of("长密码" * 3500) or "")
    with pytest.raises(passwords.PasswordTooLong):
        passwords.hash("x" * 10_240)
    with pytest.raises(passwords.PasswordTooLong):
        passwords.verify("x" * 10_240, None)


def test_nothing_is_cut_off_a_long_password():
    long = "好" * 1000
    digest = passwords.hash(long + "甲")
    assert passwords.verify(long + "甲", digest)
    assert not passwords.verify(long + "乙", digest)


def test_full_width_and_half_width_are_the_same_password():
    assert passwords.verify("ｔＫ９#vm2Lq!xw", passwords.hash("tK9#vm2Lq!xw"))


def test_nobody_has_no_password_and_a_broken_digest_opens_nothing():
    assert not passwords.verify("nobody has this password", None)
    assert not passwords.verify("tK9#vm2Lq!xw", "not a digest")


def test_a_digest_is_argon2id_and_is_renewed_when_settings_change():
    digest = passwords.hash("tK9#vm2Lq!xw")
    assert digest.startswith("$argon2id$")
    assert not passwords.needs_rehash(digest)
    assert passwords.needs_rehash(digest.replace("t=2", "t=1"))


def test_short_names_do_not_forbid_every_password():
    assert not guessing.holds_own("tK9#vm2Lq!xw", ["li", "", "9"])
