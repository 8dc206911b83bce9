"""A post that arrives after its sign-in has ended is kept as a draft for the same person."""

from uuid import UUID

from engine.errors import Refused
from engine.people import sign_ins
from engine.people.models import SignIn
from webapp.database import carry_out, reading
from webapp.engine import engine
from webapp.identity import expired_token
from webapp.tasks.posts import read_post


def keep_post(work_item_id: UUID | None) -> bool:
    """Keep what was typed, if the browser still names a sign-in that may see the work item.

    Nothing is shown for it: whoever signs in next sees a draft only if it is their own.
    """
    begun = expired_token()
    row = sign_ins.ended(reading(), begun) if begun else None
    if not isinstance(row, SignIn) or work_item_id is None:
        return False
    post, cases = read_post(), engine().cases
    try:
        desk = cases.desk(reading(), sign_ins.person(row), work_item_id)
    except Refused:
        return False
    stored = cases.store_uploads(reading(), desk, post.submitted)
    carry_out(lambda s: cases.keep(s, desk, post.submitted, stored))
    return True
