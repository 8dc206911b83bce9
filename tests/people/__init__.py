"""People: accounts, passwords, sign-ins, codes, captchas, counters."""
