"""The hook by which a job's last act reaches a case."""

from uuid import uuid4

import pytest

from engine.jobs import messages
from tests.jobs.support import NOW


@pytest.fixture(autouse=True)
def _own_hook(monkeypatch):
    monkeypatch.setattr(messages, "_installed", [])


def test_a_message_reaches_whoever_is_installed(sqlite):
    heard, case_id = [], uuid4()
    messages.install(lambda *what: heard.append(what))
    with sqlite.read() as session:
        messages.deliver(session, case_id, "payment_settled", {"order": "7"}, NOW)
        assert heard == [(session, case_id, "payment_settled", {"order": "7"}, NOW)]


def test_a_message_without_a_listener_is_not_lost_in_silence(sqlite):
    with sqlite.read() as session, pytest.raises(messages.NobodyListens):
        messages.deliver(session, uuid4(), "payment_settled", {}, NOW)
