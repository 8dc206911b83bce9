"""Every limit on people, by name. An address shared by a campus must survive an ordinary day."""

from datetime import timedelta

from engine.people.counters import Limit

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

SIGN_IN_FAILURES = Limit("sign-in-failures", 10, HOUR)
"""For account and address together, so that nobody can lock someone else out."""
SIGN_IN_FAILURES_FROM_ADDRESS = Limit("sign-in-failures-from", 100, HOUR)
CAPTCHAS_FROM_ADDRESS = Limit("captchas-from", 100, MINUTE)
CODES_FROM_ADDRESS = Limit("codes-from", 30, HOUR)
CODES_WITHOUT_CAPTCHA = Limit("codes-without-captcha", 2, DAY)
"""Someone who is signed in answers a captcha from the third code on."""
CODES_IN_ALL = Limit("codes", 600, MINUTE)
CODES_IN_A_DAY = Limit("codes-in-a-day", 50_000, DAY)
WRONG_CODES = Limit("wrong-codes-of", 10, HOUR)
WRONG_CODES_IN_ALL = Limit("wrong-codes", 500, HOUR)
"""Beyond this someone is guessing across accounts: captchas are asked everywhere."""

CODES_OF_MOBILE = ((MINUTE, 1), (HOUR, 5), (DAY, 10))
"""Exact, over the codes asked for: within any 60 seconds, any hour, any day."""
