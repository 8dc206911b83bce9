"""Mobile numbers of mainland China: however they were typed, one canonical form, `13800138000`."""

import re

import phonenumbers

from engine.errors import Refused
from engine.i18n import gettext as _

TYPED = re.compile(r"[0-9+()\-. ]{1,24}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）　．", "0123456789+-() .")


class MobileInvalid(Refused):
    """What was typed is not a mobile number of mainland China."""


def normalise(typed: str) -> str:
    """Return the eleven digits, or raise `MobileInvalid`."""
    plain = typed.translate(FULL_WIDTH)
    # The ends are trimmed of blanks only: a line break anywhere is an attempt at a header.
    plain = plain.strip(" ")
    if not TYPED.fullmatch(plain):
        raise MobileInvalid(_("请输入 11 位手机号码，例如 138 0013 8000。"))
    try:
        number = phonenumbers.parse(plain, "CN")
    except phonenumbers.NumberParseException:
        raise MobileInvalid(_("请输入 11 位手机号码，例如 138 0013 8000。")) from None
    national = str(number.national_number)
    if number.country_code != 86 or number.extension or not MOBILE.fullmatch(national):
        raise MobileInvalid(_("请输入中国大陆的 11 位手机号码，例如 138 0013 8000。"))
    return national
