"""People for tests, and a way to do something twice at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from engine.db import Database
from engine.people import accounts
from engine.people.models import Account

MOBILE = "13900000001"
ID_NUMBER = "370200199003159814"


def open_candidate(database: Database, now, **changes) -> Account:
    facts = {"id_number": ID_NUMBER, "name": "测试甲", "mobile": MOBILE, "password_hash": "digest"}
    with database.write() as session:
        return accounts.open_candidate(session, **(facts | changes), now=now)


def at_once(times: int, act: Callable[[], object]) -> list:
    """Do it in as many threads, all let go together, and return what each got."""
    gate = threading.Barrier(times)

    def run(_):
        gate.wait()
        return act()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
