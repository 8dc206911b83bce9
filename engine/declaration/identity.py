"""Rules of ID numbers, names and record numbers: one canonical form, or a sentence why not.

ID numbers follow GB 11643-1999. An area code that is on no list only advises: old ones are real.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum import numdb
from stdnum.cn import ric

from engine.errors import Refused
from engine.i18n import gettext as _

CENTENARIANS = frozenset({"996", "997", "998", "999"})
"""Sequences of 15-digit numbers that marked people born in the 19th century."""
ADMISSION_NUMBER = r"[0-9]{12}"
NAME_LENGTHS = range(1, 41)
YOUNGEST = 16
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_NAME = re.compile(r"[^\W\d_]+(?:[·.'’\- ][^\W\d_]+)*", re.UNICODE)


class Sex(StrEnum):
    """GB/T 2261.1."""

    MALE = "1"
    FEMALE = "2"


class IdNumberWrong(Refused):
    """This cannot be anyone's ID number."""


class NeedsCounter(Refused):
    """A person has to look at this number; it cannot be settled online."""


class NumberWrong(Refused):
    """An admission or archive number without the right digits."""


class NameWrong(Refused):
    """Not a name as registers write it."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A valid ID number of 18 or 15 digits and what it says."""

    number: str
    birth_date: date
    sex: Sex
    area_is_known: bool

    @property
    def is_old(self) -> bool:
        return len(self.number) == 15


def read_id_number(text: str, today: date) -> IdNumber:
    """Return the number in canonical form; `IdNumberWrong` says what to mend."""
    number = _compact(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]|[0-9]{15}", number):
        raise IdNumberWrong(_("请输入18位或15位身份证号，最后一位可以是X。"))
    long = number if len(number) == 18 else _lengthened(number)
    if long[-1] != ric.calc_check_digit(long):
        raise IdNumberWrong(_("身份证号的校验位不对，请逐位核对。"))
    birth = _birth_date(long)
    if birth is None or birth > today:
        raise IdNumberWrong(_("身份证号中的出生日期不存在，请逐位核对。"))
    sex = Sex.MALE if int(long[16]) % 2 else Sex.FEMALE
    return IdNumber(number, birth, sex, _area_is_known(long))


def canonical_id_number(text: str) -> str:
    """Return the 18-digit form under which a person is found, without judging the number."""
    number = _compact(text)
    return _lengthened(number) if re.fullmatch(r"[0-9]{15}", number) else number


def upgrade_id_number(fifteen: str) -> str:
    """Return the 18 digits of a 15-digit number; centenarians' need a person to look at them."""
    number = _compact(fifteen)
    if not re.fullmatch(r"[0-9]{15}", number):
        raise IdNumberWrong(_("只有15位身份证号可以升为18位。"))
    if number[12:] in CENTENARIANS:
        raise NeedsCounter(_("这个身份证号需要工作人员核对，请到现场办理。"))
    return _lengthened(number)


def is_upgrade(eighteen: str, fifteen: str) -> bool:
    """Tell whether the longer number keeps the area, the date and the sequence of the shorter."""
    return canonical_id_number(eighteen) == _lengthened(_compact(fifteen))


def age_on(birth: date, day: date) -> int:
    """Return the completed years; someone born on 29 February is a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def read_admission_number(text: str, pattern: str = ADMISSION_NUMBER) -> str:
    number = _compact(text)
    if not re.fullmatch(pattern, number, re.ASCII):
        raise NumberWrong(_("请输入12位数字的准考证号。"))
    return number


def read_archive_number(major_part: str, sequence_part: str) -> tuple[str, str]:
    """Return both parts; leading zeros belong to them."""
    major, sequence = _compact(major_part), _compact(sequence_part)
    if not re.fullmatch(r"[0-9]{5}", major):
        raise NumberWrong(_("请输入5位数字的专业代码号，前面的0也要输入。"))
    if not re.fullmatch(r"[0-9]{5}", sequence):
        raise NumberWrong(_("请输入5位数字的考生号，前面的0也要输入。"))
    return major, sequence


def canonical_name(text: str) -> str:
    """Return a name as it is compared: one kind of dot, no stray spaces, no hidden characters."""
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    single = re.sub(r"\s+", " ", shown).strip()
    dotted = re.sub(r"\s*[·•‧∙⋅・･．]\s*", "·", single)
    # People space out two Chinese characters to fill a line; between Latin words a space counts.
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", dotted)


def read_name(text: str) -> str:
    name = canonical_name(text)
    if not name:
        raise NameWrong(_("请输入姓名。"))
    if len(name) not in NAME_LENGTHS or not _NAME.fullmatch(name):
        raise NameWrong(_("姓名只能由文字和间隔号组成，不超过40个字。"))
    return name


def _compact(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()


def _lengthened(fifteen: str) -> str:
    body = f"{fifteen[:6]}19{fifteen[6:]}"
    return body + ric.calc_check_digit(f"{body}0")


def _birth_date(eighteen: str) -> date | None:
    try:
        return date(int(eighteen[6:10]), int(eighteen[10:12]), int(eighteen[12:14]))
    except ValueError:
        return None


def _area_is_known(eighteen: str) -> bool:
    return any(found for _part, found in numdb.get("cn/loc").info(eighteen[:6]))
