"""Every view says who may call it; a test refuses a route that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.people import Role
from webapp.identity import is_signed_in, person
from webapp.lost_posts import keep_post

View = TypeVar("View", bound=Callable[..., Any])


class VerifyFirst(Exception):
    """The page holds personal data, and this sign-in has not yet given a code."""


STAFF_ROLES = frozenset(Role) - {Role.CANDIDATE}


def public(view: View) -> View:
    """Anyone may call this."""
    return _marked(view, "public")


def candidate(view: View) -> View:
    """A candidate who is signed in and has given a code sent to their phone."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if not is_signed_in() or person().kind != "candidate":
            return _sign_in_first("account.sign_in_page")
        return cast("ResponseReturnValue", view(*args, **values))

    return _marked(cast("View", guarded), "candidate")


def verified_candidate(view: View) -> View:
    """A candidate whose phone was checked during this sign-in: pages with personal data."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if not person().verified:
            raise VerifyFirst
        return cast("ResponseReturnValue", view(*args, **values))

    return _marked(candidate(cast("View", guarded)), "verified candidate")


def staff(*roles: Role) -> Callable[[View], View]:
    """Staff with one of these roles; with none named, any member of staff."""
    wanted = frozenset(roles) or STAFF_ROLES

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
            if not is_signed_in() or person().kind != "staff":
                return _sign_in_first("review.sign_in")
            if not wanted & person().roles:
                abort(403)
            return cast("ResponseReturnValue", view(*args, **values))

        return _marked(cast("View", guarded), "staff: " + ", ".join(sorted(wanted)))

    return mark


def signed_in(view: View) -> View:
    """A candidate or a member of staff; what each may do is decided by the engine."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if not is_signed_in():
            is_staff_page = request.path.startswith("/staff/")
            return _sign_in_first("review.sign_in" if is_staff_page else "account.sign_in_page")
        return cast("ResponseReturnValue", view(*args, **values))

    return _marked(cast("View", guarded), "signed in")


def keeping_posts(view: View) -> View:
    """Signed in, like `signed_in`; a post that comes after the sign-in has ended is kept."""

    @wraps(view)
    def guarded(*args: Any, **values: Any) -> ResponseReturnValue:
        if is_signed_in():
            return cast("ResponseReturnValue", view(*args, **values))
        keep_post(values.get("work_item_id"))
        is_staff_page = request.path.startswith("/staff/")
        tasks = "staff_tasks" if is_staff_page else "tasks"
        target = url_for(f"{tasks}.work_item", work_item_id=values["work_item_id"])
        entrance = "review.sign_in" if is_staff_page else "account.sign_in_page"
        return redirect(url_for(entrance, next=target), 303)

    return _marked(cast("View", guarded), "signed in")


def _marked(view: View, rule: str) -> View:
    view.access = rule  # type: ignore[attr-defined]  # functions carry attributes
    return view


def _sign_in_first(endpoint: str) -> ResponseReturnValue:
    target = request.full_path if request.method == "GET" else request.form.get("return_to", "")
    return redirect(url_for(endpoint, next=target or None), 303)
