"""Phone numbers and e-mail addresses, each in one canonical spelling."""

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from engine.forms.types import FieldError
from engine.i18n import gettext as _

CHINA = 86
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def phone_of(text: str, label: str, kind: str | None = None) -> str:
    """Return a phone number: Chinese ones as people dial them here, others with `+` and country.

    With `kind` `mobile` only mobile numbers pass.
    """
    wrong = FieldError(_wrong_phone(label, kind))
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        raise wrong from None
    if not phonenumbers.is_valid_number(number) or (kind == "mobile" and not _is_mobile(number)):
        raise wrong
    return _dialled(number)


def email_of(text: str, label: str) -> str:
    if len(text) > 254 or not _EMAIL.fullmatch(text):
        raise FieldError(_("请填写完整的%(label)s，例如 name@example.com。", label=label))
    return text


def _wrong_phone(label: str, kind: str | None) -> str:
    if kind == "mobile":
        return _("请填写 11 位的%(label)s，例如 13800000000。", label=label)
    return _("请填写有效的%(label)s，座机要带区号，例如 0532-88880000。", label=label)


def _is_mobile(number: PhoneNumber) -> bool:
    return phonenumbers.number_type(number) in (
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )


def _dialled(number: PhoneNumber) -> str:
    if number.country_code != CHINA:
        return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    return re.sub(r"[^0-9]+", "", national.partition("ext.")[0])
