"""The demonstration's payment platform, spoken to over HTTP; its notices are signed (Ed25519)."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from engine.i18n import gettext as _
from engine.payments.providers import Notice, NoticeRefused, Payment, ProviderOrder, ProviderUnsure

TIMEOUT = 5
SIGNATURE_BYTES = 64


class SandboxProvider:
    """Speaks for one merchant. Without a key given, the platform's own is asked for once."""

    name = "sandbox"

    def __init__(
        self,
        url: str,
        merchant: str,
        *,
        notify_url: str = "",
        return_url: str = "",
        public_key: bytes | None = None,
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"not an address of the web: {url}")
        self._url = url.rstrip("/")
        self._merchant = merchant
        self._notify_url, self._return_url = notify_url, return_url
        self._key = _key(public_key) if public_key else None

    def open(self, *, number: str, amount: int, subject: str, expires_at: datetime) -> str:
        order = {
            "merchant": self._merchant,
            "number": number,
            "amount": amount,
            "subject": subject,
            "expires_at": expires_at.isoformat(),
            "notify_url": self._notify_url,
            "return_url": self._return_url,
        }
        return str(self._ask("POST", "/api/orders", order)["pay_url"])

    def query(self, number: str) -> ProviderOrder | None:
        return self._seen("GET", f"/api/orders/{quote(number, safe='')}")

    def close(self, number: str) -> ProviderOrder | None:
        return self._seen("POST", f"/api/orders/{quote(number, safe='')}/close")

    def refund(self, number: str, *, transaction: str, amount: int, key: UUID) -> None:
        request = {"refund": str(key), "transaction": transaction, "amount": amount}
        self._ask("POST", f"/api/orders/{quote(number, safe='')}/refund", request)

    def statement(self, since: datetime, until: datetime) -> Sequence[Payment]:
        window = urlencode({"since": since.isoformat(), "until": until.isoformat()})
        listed = self._ask("GET", f"/api/payments?{window}")
        try:
            return [_payment(line) for line in listed["payments"]]
        except (ValueError, KeyError, TypeError) as fault:
            raise ProviderUnsure("the platform's statement cannot be read") from fault

    def read(self, body: bytes, signature: str) -> Notice:
        self._verify(body, signature)
        try:
            notice = json.loads(body)
            if notice["merchant"] != self._merchant:
                raise NoticeRefused(_("支付通知不是发给本系统的。"))
            return Notice(str(notice["event_id"])[:80], _payment(notice))
        except (ValueError, KeyError, TypeError) as fault:
            raise NoticeRefused(_("支付通知无法读取。")) from fault

    def _verify(self, body: bytes, signature: str) -> None:
        try:
            given = base64.b64decode(signature, validate=True)
            if len(given) != SIGNATURE_BYTES:
                raise NoticeRefused(_("支付通知的签名不正确。"))
            self._public_key().verify(given, body)
        except (InvalidSignature, binascii.Error, ValueError) as fault:
            raise NoticeRefused(_("支付通知的签名不正确。")) from fault

    def _public_key(self) -> Ed25519PublicKey:
        if self._key is None:
            self._key = _key(str(self._ask("GET", "/api/public-key")["public_key"]).encode())
        return self._key

    def _seen(self, method: str, path: str) -> ProviderOrder | None:
        try:
            order = self._ask(method, path)
        except _Unknown:
            return None
        try:
            paid = _payment(order) if order["transaction"] else None
            return ProviderOrder(str(order["number"]), order["state"] == "open", paid)
        except (ValueError, KeyError, TypeError) as fault:
            raise ProviderUnsure("the platform's answer cannot be read") from fault

    def _ask(
        self, method: str, path: str, content: Mapping[str, Any] | None = None
    ) -> Mapping[str, Any]:
        data = None if content is None else json.dumps(content).encode()
        request = Request(  # noqa: S310 -- the scheme was checked above
            self._url + path,
            data=data,
            headers={"Content-Type": "application/json", "X-Merchant": self._merchant},
            method=method,
        )
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 -- as above
                found: Mapping[str, Any] = json.load(answer)
                return found
        except HTTPError as refusal:
            with refusal:
                if refusal.code == 404:
                    raise _Unknown("the platform does not know the order") from refusal
                raise ProviderUnsure(f"the platform answered {refusal.code}") from refusal
        except (URLError, OSError, ValueError) as fault:
            raise ProviderUnsure("the platform did not answer") from fault


class _Unknown(ProviderUnsure):
    pass


def _key(pem: bytes) -> Ed25519PublicKey:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("the platform's key is not an Ed25519 key")
    return key


def _payment(order: Mapping[str, Any]) -> Payment:
    amount = order["amount"]
    if type(amount) is not int:
        raise TypeError("money is whole fen")
    return Payment(
        number=str(order["number"])[:64],
        transaction=str(order["transaction"])[:80],
        amount=amount,
        paid_at=_instant(order["paid_at"]),
    )


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant without a zone")
    return found
