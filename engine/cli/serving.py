"""Long-running processes: the web, and the workers that carry jobs."""

import asyncio
import signal
import threading

from granian import Granian
from granian.constants import Interfaces

from engine.bootstrap import Engine
from engine.jobs.procrastinate import ProcrastinateCarrier, run, worker_app
from engine.settings import Settings

THREADS = 4


def web(settings: Settings) -> None:
    """Serve with one process of four threads; more processes are a matter of deployment."""
    Granian(
        "webapp.wsgi:create",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=1,
        blocking_threads=THREADS,
        log_access=False,
    ).serve()


def worker(engine: Engine) -> None:
    """Carry jobs: with threads on SQLite, through Procrastinate on PostgreSQL."""
    if not engine.database.is_sqlite:
        app = worker_app(engine.worker, ProcrastinateCarrier(), engine.clock)
        asyncio.run(run(app, concurrency=THREADS))
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    engine.worker.start(THREADS)
    stop.wait()
    engine.worker.stop()
