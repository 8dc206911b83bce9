"""Whose documents these are: names that a release may set in `[office]`, ours unless it does."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Office:
    province: str = "山东省"
    city: str = "青岛市"
    authority: str = "青岛市招生考试院"
    address: str = ""
    phone: str = ""

    @property
    def committee(self) -> str:
        return f"{self.province}高等教育自学考试委员会"

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        given = settings.get("office", {})
        known = {field.name for field in fields(cls)}
        return cls(**{name: str(text) for name, text in given.items() if name in known})
