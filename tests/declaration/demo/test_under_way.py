"""When the demonstration begins, staff find work, and nothing is broken."""

import pytest
from sqlalchemy import func, select

from engine.bootstrap import build
from engine.cases.models import Case, WorkItem
from engine.cli import demonstration
from engine.declaration import demo
from engine.declaration.consistency import broken_invariants
from engine.declaration.models import Batch
from engine.settings import Settings
from engine.sms.providers import NoProvider
from tests.declaration.flow.walk import staff
from tests.support.keys import KEY_OF_THE_TESTS


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path / "home", master_key=KEY_OF_THE_TESTS.hex(), demo=True, _env_file=None
    )


@pytest.fixture
def begun(settings):
    """The demonstration after `bishen demo` has prepared it, with its jobs still to come."""
    demonstration.prepare(settings)
    engine = build(settings, sms_provider=NoProvider())
    yield engine
    engine.close()


def broken(engine):
    return broken_invariants(engine.database, engine.files, engine.library, engine.clock.now())


def taken_by(engine, username):
    """The element of the work item that this member of staff gets by asking for the next."""
    with engine.database.write() as session:
        found = engine.cases.claim_next(session, staff(engine, username))
        return session.get_one(WorkItem, found).element if found else None


def cases(engine):
    with engine.database.read() as session:
        return session.scalar(select(func.count()).select_from(Case))


def test_reviewers_of_certificates_and_at_the_counter_find_work(begun):
    assert taken_by(begun, "cert1") == "review_certificates"
    assert taken_by(begun, "onsite1") == "review_on_site"


def test_nothing_is_broken_before_and_after_the_first_jobs(begun):
    assert broken(begun) == []
    begun.worker.run_due()
    assert broken(begun) == []


def test_starting_again_begins_nothing_twice(begun, settings):
    before = cases(begun)
    demonstration.prepare(settings)
    assert (before, cases(begun)) == (2, 2)


def test_the_first_batches_are_as_full_as_they_are_told(begun):
    with begun.database.read() as session:
        batches = session.scalars(
            select(Batch).where(Batch.site_id == "shinan").order_by(Batch.number)
        ).all()
    assert [batch.seats_left for batch in batches[:2]] == [1, 0]


def test_the_sign_ins_say_who_has_begun():
    notes = {who: note for who, _name, _password, note in demo.sign_ins()}
    assert "cert1" in notes["S9"]
    assert "onsite1" in notes["S11"]
