"""The provider of this process, installed once when it is put together."""

from engine.payments.providers import Provider


class NoProvider(RuntimeError):
    """No payment provider is configured."""


_installed: list[Provider] = []


def install(provider: Provider) -> None:
    """Make this the provider whose notices are believed."""
    _installed[:] = [provider]


def provider() -> Provider:
    if not _installed:
        raise NoProvider("no payment provider is configured")
    return _installed[0]
