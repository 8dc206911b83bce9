"""The review sites by the ids that cases carry as their place."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.declaration.models import ReviewSite


def site_names(session: Session) -> Mapping[str, tuple[str, str]]:
    """Return the name and the English name of every review site."""
    rows = session.execute(
        select(ReviewSite.id, ReviewSite.name, ReviewSite.name_en).order_by(ReviewSite.id)
    )
    return {site: (name, name_en) for site, name, name_en in rows}
