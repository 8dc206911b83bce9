"""django-viewflow on its own tables, in SQLite at the same durability, a transaction a step."""

import django
from django.conf import settings
from django.core.management import call_command

from bench.models import FIELDS, STEPS
from bench.peers import laps


def prepare(folder: str) -> None:
    """Set Django up on a database of its own, as its documentation says."""
    settings.configure(
        SECRET_KEY="of the bench",  # noqa: S106 -- signs nothing
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "viewflow",
            "viewflow.workflow",
            "bench.peers",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": f"{folder}/viewflow.db",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                },
            }
        },
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0)


class Peer:
    """Cases of one flow; every step is looked up, assigned, started and executed."""

    def __init__(self, model: str) -> None:
        from django.contrib.auth.models import User  # noqa: PLC0415 -- needs Django set up

        from bench.peers import viewflow_flow  # noqa: PLC0415

        self._flow = getattr(viewflow_flow, model.capitalize())
        self._user = User.objects.create(username="candidate")
        self._process = 0

    def start(self) -> None:
        from django.db import transaction  # noqa: PLC0415

        with transaction.atomic():
            begin = self._flow.instance.begin
            activation = begin.activation_class.create(begin, None, None)
            activation.execute()
            self._process = activation.process.pk

    def complete(self, outcome: str) -> None:
        with self._flow.lock(self._process):
            task = self._flow.task_class.objects.get(
                process_id=self._process, status="NEW", flow_task_type="HUMAN"
            )
            activation = task.flow_task.activation_class(task)
            activation.assign(self._user)
            activation.start(None)
            activation.process.data = {"outcome": outcome, **FIELDS}
            activation.process.save()
            activation.execute()

    def case(self) -> None:
        self.start()
        for _step in STEPS:
            self.complete("next")


def main() -> None:
    model, folder, count, seconds = laps.asked()
    prepare(folder)
    peer = Peer(model)
    if model == "linear":
        taken, stopped = laps.run(peer.case, count, seconds)
    else:
        peer.start()
        taken, stopped = laps.run(lambda: peer.complete("again"), count, seconds)
    laps.tell(taken, stopped, 0)


if __name__ == "__main__":
    main()
