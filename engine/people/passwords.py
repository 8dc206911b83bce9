"""Passwords: what makes one acceptable, and argon2id digests of those that were."""

import threading
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import Refused
from engine.i18n import gettext as _
from engine.people.guessing import holds_own, is_guessable

SHORTEST, LONGEST = 10, 1024
AT_ONCE = 4
"""Each digest takes 19 MiB while it is made; a crowd at the door waits its turn."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)
_nobody: list[str] = []


class PasswordTooLong(Refused):
    """Longer than any password is; refused before work is spent on it."""


def problem_of(password: str, words: Iterable[str] = ()) -> str | None:
    """Return the sentence that says what to mend, or none. `words` are facts about the person:
    numbers, names, whatever a stranger would try first."""
    if len(password) < SHORTEST:
        return _("密码至少需要 %(n)s 个字符。", n=SHORTEST)
    if len(password) > LONGEST:
        return _("密码最多 %(n)s 个字符。", n=LONGEST)
    own = [word for word in words if word]
    if holds_own(password, own):
        return _("密码中不能含有您的姓名、身份证号、准考证号或手机号码。")
    if is_guessable(password, own):
        return _("这个密码太容易被猜到，请不要使用常见单词、日期或连续的字符。")
    return None


def hash(password: str) -> str:  # noqa: A001 -- read as `passwords.hash`
    """Return the digest to keep. Slow on purpose: never call it while a lock is held."""
    plain = _canonical(password)
    with _turns:
        return _hasher.hash(plain)


def verify(password: str, digest: str | None) -> bool:
    """Tell whether this is the password; where there is no account it takes just as long."""
    plain = _canonical(password)
    with _turns:
        try:
            return _hasher.verify(digest or _digest_of_nobody(), plain) and digest is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_rehash(digest: str) -> bool:
    """Tell whether the digest was made with other settings than today's."""
    return _hasher.check_needs_rehash(digest)


def _canonical(password: str) -> str:
    if len(password) > LONGEST:
        raise PasswordTooLong(_("密码最多 %(n)s 个字符。", n=LONGEST))
    return unicodedata.normalize("NFKC", password)


def _digest_of_nobody() -> str:
    if not _nobody:
        _nobody.append(_hasher.hash("nobody has this password"))
    return _nobody[0]
