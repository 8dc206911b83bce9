"""The number that people quote for a case: `BY`, the date, eight digits that nobody can guess."""

import secrets
from datetime import datetime

from engine.clock import local

DIGITS = 8


def case_number(now: datetime) -> str:
    """Return a new number. It is random, so two cases that start together never wait in line."""
    return f"BY{local(now):%Y%m%d}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
