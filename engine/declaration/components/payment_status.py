"""缴费: the order that is open, how to pay it, how it stands."""

from collections.abc import Mapping
from typing import Any, ClassVar

from engine.cases import Component, Look
from engine.forms import Submitted
from engine.payments import OrderState, orders


class PaymentStatus(Component):
    """Only shown; what was paid is the platform's word, not the page's."""

    type: ClassVar[str] = "payment_status"
    takes_value: ClassVar[bool] = False

    def facts(self, look: Look, definition: Mapping[str, Any]) -> Mapping[str, Any]:
        order = orders.current(look.session, look.case_id)
        if order is None:
            return {"order": None}
        return {
            "order": {
                "number": order.number,
                "subject": order.subject,
                "amount": order.amount,
                "state": str(order.state),
                "is_open": order.state == OrderState.OPEN,
                "expires_at": order.expires_at,
                "pay_address": order.pay_address,
            }
        }

    def bind(
        self, definition: Mapping[str, Any], submitted: Submitted, context: Mapping[str, Any]
    ) -> Any:
        return None
