"""Serve the bench's application as the product is served: one process of granian, four threads."""

from granian import Granian
from granian.constants import Interfaces

from engine.cli.serving import THREADS
from engine.settings import Settings


def main() -> None:
    settings = Settings()
    Granian(
        "bench.wsgi:create",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        blocking_threads=THREADS,
        log_access=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
