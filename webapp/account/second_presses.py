"""A sign-in that is pressed twice: the second press lands where the first did."""

from uuid import UUID

from flask import request

from engine.declaration import accounts as candidate_accounts
from engine.declaration import identity
from engine.people import accounts
from engine.people.models import Account
from webapp.database import reading
from webapp.identity import is_signed_in, person


def landing() -> str | None:
    """Return where to send a post from the page before a sign-in, None for any other post.

    The first press has ended the session whose token the second carries. Whoever it names is
    already signed in here, so nothing is checked and nothing changes: the page leads on.
    """
    if not is_signed_in() or _named() != person().account_id:
        return None
    return request.full_path.rstrip("?")


def _named() -> UUID | None:
    """Return the account that this sign-in is for."""
    found: Account | None = None
    if request.endpoint == "review.submit_sign_in":
        found = accounts.of_username(reading(), request.form.get("username", "").strip())
    elif request.endpoint == "account.submit_sign_in":
        try:
            number = identity.read_admission_number(request.form.get("admission_number", ""))
        except identity.NumberWrong:
            return None
        found = candidate_accounts.find_account(reading(), number)
    return found.id if found is not None else None
