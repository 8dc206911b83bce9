"""Accounts, roles, passwords, sign-ins, one-time codes, captchas and counters."""

from engine.people.person import AccountKind, Person, Role

__all__ = ["AccountKind", "Person", "Role"]
