"""Demonstration data: fictitious people, seasons and sites beside public plan data of Jiangsu."""

from engine.declaration.demo.accounts import PASSWORD, open_accounts, sign_ins
from engine.declaration.demo.loading import load
from engine.declaration.demo.people import CANDIDATES, DemoCandidate
from engine.declaration.demo.staff import STAFF, DemoStaff
from engine.declaration.demo.under_way import begin_declarations

__all__ = [
    "CANDIDATES",
    "PASSWORD",
    "STAFF",
    "DemoCandidate",
    "DemoStaff",
    "begin_declarations",
    "load",
    "open_accounts",
    "sign_ins",
]
