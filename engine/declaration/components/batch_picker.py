"""现场审核地点和时间批次: every batch that is offered, with the seats that are left."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from engine.cases import Component, Look
from engine.declaration import codes, seats
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Batch
from engine.forms import FieldError, Submitted
from engine.i18n import chosen
from engine.i18n import gettext as _

FEW = 10


class BatchPicker(Component):
    """Value: the id of a batch as text. Whether a seat is left is decided when it is taken."""

    type: ClassVar[str] = "batch_picker"
    parts: ClassVar[frozenset[str] | None] = None

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        declaration = declaration_of(look.session, look.case_id)
        seat = seats.seat_of(look.session, declaration.id)
        own = seat.batch_id if seat else None
        offered = seats.batches_of(look.session, declaration.season_id, look.now)
        sites: dict[str, dict[str, Any]] = {}
        for batch in offered:
            site = sites.setdefault(batch.site_id, _site(batch))
            site["batches"].append(_batch(batch, own))
        return {"sites": list(sites.values()), "own": str(own) if own else None}

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        wanted = submitted.first("")
        facts = context[str(definition["key"])]
        known = {b["id"]: b for site in facts["sites"] for b in site["batches"]}
        if not wanted:
            raise FieldError(_("请选择现场审核地点和时间批次。"))
        if wanted not in known:
            raise FieldError(_("请从列表中选择一个批次。"))
        if known[wanted]["is_full"]:
            raise FieldError(_("这个批次已经报满，请选择其他批次。"))
        return str(UUID(wanted))


def _site(batch: Batch) -> dict[str, Any]:
    site = batch.site
    return {
        "id": site.id,
        "name": chosen(site.name, site.name_en),
        "address": chosen(site.address, site.address_en),
        "batches": [],
    }


def _batch(batch: Batch, own: UUID | None) -> dict[str, Any]:
    left = batch.seats_left
    return {
        "id": str(batch.id),
        "number": batch.number,
        "day": batch.day,
        "half_day": codes.label_of(codes.HALF_DAYS, batch.half_day),
        "left": left,
        "is_own": batch.id == own,
        "is_full": left <= 0 and batch.id != own,
        "is_nearly_full": 0 < left <= FEW,
    }
