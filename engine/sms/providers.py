"""Who carries a text to a phone."""

import json
from typing import Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import UUID

from engine.jobs import JobFailed

TIMEOUT = 5


class NotDelivered(JobFailed):
    """The provider did not take the text; it is tried again."""


class Provider(Protocol):
    def send(self, mobile: str, body: str, *, key: UUID) -> str:
        """Hand the text over and return the provider's reference; `NotDelivered` otherwise.

        The same key again must not reach the phone a second time.
        """
        ...


class ViewerProvider:
    """The demonstration's phone: a page on this machine that shows what was sent."""

    def __init__(self, url: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"not an address of the web: {url}")
        self._url = url.rstrip("/")

    def send(self, mobile: str, body: str, *, key: UUID) -> str:
        content = json.dumps({"mobile": mobile, "text": body}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(key)}
        request = Request(  # noqa: S310 -- the scheme was checked above
            f"{self._url}/messages", data=content, headers=headers, method="POST"
        )
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 -- as above
                return str(json.load(answer)["id"])
        except (URLError, OSError, ValueError, KeyError) as fault:
            raise NotDelivered("the viewer did not take the text") from fault


class NoProvider:
    """An installation without a provider: texts wait until there is one."""

    def send(self, mobile: str, body: str, *, key: UUID) -> str:
        raise NotDelivered("no SMS provider is configured")
