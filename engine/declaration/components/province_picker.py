"""省份: one of the 34 province-level units, with the postage to each."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.declaration import codes
from engine.forms import FieldError, Submitted
from engine.i18n import gettext as _

DELIVERY_FEE = "delivery_fee"


class ProvincePicker(Component):
    """Value: the code of the unit (GB/T 2260, six digits)."""

    type: ClassVar[str] = "province_picker"
    is_answer: ClassVar[bool] = True

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        found = {code.value: _fee(look, code.value) for code in codes.PROVINCES}
        return {"provinces": codes.PROVINCES, "fees": _said(found), "fee_of": _amounts(found)}

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        wanted = submitted.first("")
        if wanted not in {code.value for code in codes.PROVINCES}:
            raise FieldError(_("请选择省份。"))
        return wanted


def _fee(look: Look, province: str) -> int:
    """Ask what the diagram will ask once the form is completed; the fee is in fen."""
    said = {"choose_delivery": {"method": "mail", "province": province}}
    return int(look.decide(DELIVERY_FEE, said) or 0)


def _amounts(fees: Mapping[str, int]) -> dict[str, str]:
    return {province: _amount(fee) for province, fee in fees.items()}


def _amount(fee: int) -> str:
    return _("%(amount)s 元", amount=f"{fee / 100:.2f}".removesuffix(".00"))


def _said(fees: Mapping[str, int]) -> str:
    """Say every fee with the places it is for; the one for most places comes last."""
    places: dict[int, list[str]] = {}
    for province, fee in fees.items():
        places.setdefault(fee, []).append(codes.label_of(codes.PROVINCES, province))
    *others, usual = sorted(places, key=lambda fee: len(places[fee]))
    said = [
        _("%(places)s %(amount)s", places=_("、").join(places[fee]), amount=_amount(fee))
        for fee in others
    ]
    elsewhere = _("其他地方 %(amount)s", amount=_amount(usual)) if said else _amount(usual)
    return _("；").join([*said, elsewhere])
