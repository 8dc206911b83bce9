"""Who claims or gives back what the time has taken is told so, back at the queue."""

import pytest
from sqlalchemy import select

from engine.cases.models import WorkItem


def review_of(site):
    with site.engine.database.read() as session:
        return session.scalars(
            select(WorkItem).where(WorkItem.element == "review_certificates")
        ).one()


@pytest.mark.parametrize("action", ["claim", "release"])
def test_a_review_that_the_end_of_the_hold_has_taken_is_gone_and_the_reviewer_is_told(
    go_on, action
):
    """Nobody has carried the job of the timer yet: the command lets the time have its say."""
    site, _owner = go_on("certificate review")
    site.clock.advance(hours=73)
    reviewer = site.staff("cert1")
    reviewer.open("/staff/queue")
    item = review_of(site)
    assert item.is_open
    page = reviewer.post(f"/staff/work-items/{item.id}/{action}")
    assert page.status == 303
    assert "这一步已经结束" in reviewer.open("/staff/queue").main
    assert not review_of(site).is_open
