"""A payment platform in memory: it stands where the network would."""

from dataclasses import dataclass, field

from engine.payments import NoticeRefused
from engine.payments.providers import Notice, Payment, ProviderOrder


@dataclass
class Platform:
    clock: object
    orders: dict[str, int] = field(default_factory=dict)
    paid: dict[str, Payment] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    refunded: list[str] = field(default_factory=list)
    name: str = "memory"

    def open(self, *, number, amount, subject, expires_at) -> str:
        self.orders[number] = amount
        return f"http://127.0.0.1/pay/{number}"

    def query(self, number) -> ProviderOrder | None:
        if number not in self.orders:
            return None
        is_open = number not in self.closed and number not in self.paid
        return ProviderOrder(number, is_open, self.paid.get(number))

    def close(self, number) -> ProviderOrder | None:
        if number in self.orders and number not in self.paid:
            self.closed.add(number)
        return self.query(number)

    def refund(self, number, *, transaction, amount, key) -> None:
        self.refunded.append(number)

    def read(self, body, signature) -> Notice:
        number = body.decode(errors="replace")
        if number not in self.paid:
            raise NoticeRefused("nobody has paid this order")
        return Notice(f"event-{number}-{signature}", self.paid[number])

    def pay(self, number, amount=None) -> bytes:
        """Let someone pay; return the notice that would be posted."""
        paid = self.orders[number] if amount is None else amount
        self.paid[number] = Payment(number, f"transaction-{number}", paid, self.clock.now())
        return number.encode()
