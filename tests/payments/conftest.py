import pytest

from engine.jobs import messages
from tests.payments.support import Shop


@pytest.fixture
def shop(database, clock):
    kept = list(messages._installed)
    yield Shop(database, clock)
    messages._installed[:] = kept
