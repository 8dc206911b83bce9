"""Where the registration form goes, and what was paid for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.declaration import codes


@dataclass(frozen=True, slots=True)
class Delivery:
    recipient: str
    mobile: str
    other_phone: str
    area: str
    address: str
    postcode: str
    remark: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Delivery":
        said = {name: str(answer.get(name) or "") for name in (*cls.__slots__, "city", "county")}
        province = codes.label_of(codes.PROVINCES, str(answer.get("province") or ""))
        return cls(
            recipient=said["recipient"],
            mobile=said["mobile"],
            other_phone=said["other_phone"],
            area=_area(province, said["city"], said["county"]),
            address=said["address"],
            postcode=said["postcode"],
            remark=said["remark"],
        )


def _area(province: str, city: str, county: str) -> str:
    """Province, city and county, each once: Beijing is both of the first two."""
    return "　".join(dict.fromkeys(part for part in (province, city, county) if part))
