"""Merges sources into a declaration the way the page and its service do."""

from sqlalchemy import select

from engine.cases import Look, Work
from engine.declaration import consolidation
from engine.declaration.components.consolidation_rows import ConsolidationRows
from engine.declaration.components.score_table import ScoreTable
from engine.declaration.models import ConsolidationRequest, ScoreSelection
from engine.declaration.services import scores
from engine.forms import Submitted

ROWS, TABLE = ConsolidationRows(), ScoreTable()


def bind(who, outcome, **said):
    """What the page makes of a press of 成绩归一."""
    facts = ROWS.facts(Look(**who.surroundings(who.world.looking())), {})
    context = {"sources": facts, "__outcome__": outcome, "__now__": who.world.now}
    return ROWS.bind({"key": "sources"}, posted(said), context)


def merge(who, outcome, **said):
    """One press from the post to the answer; return how many scores came, and why none did."""
    value = bind(who, f"merge_{outcome}", **said)
    with who.writing() as (session, _declaration):
        ROWS.store(Work(**who.surroundings(session)), value)
        result = scores.consolidate(who.context(session))
    assert result["refused"] is (result["reason"] is not None)
    return result["added"], result["reason"]


def undo(who, merged_id):
    with who.writing() as (session, _declaration):
        value = ROWS.bind_action("undo", posted({"undo": str(merged_id)}), {})
        return ROWS.act(Work(**who.surroundings(session)), "undo", value)


def table_of(who):
    """The page of the score selection."""
    return TABLE.facts(Look(**who.surroundings(who.world.looking())), {})


def tick(who, ids):
    """Post these scores as the ones that are to count."""
    value = TABLE.bind(
        {"key": "selection"},
        Submitted({"pick": [str(i) for i in ids]}),
        {"selection": table_of(who)},
    )
    with who.writing() as (session, _declaration):
        return TABLE.store(Work(**who.surroundings(session)), value)


def ticked(who) -> dict[str, int]:
    """The marks that count, by course code; a course that counts twice is an error."""
    found: dict[str, int] = {}
    for row in table_of(who)["rows"]:
        if row["is_ticked"]:
            assert row["code"] not in found
            found[row["code"]] = int(row["mark"])
    return found


def sources(who):
    with who.reading() as (session, declaration):
        return consolidation.merged_sources(session, declaration)


def requests(who) -> list[tuple[str, str | None]]:
    """What staff can read of every press."""
    with who.reading() as (session, declaration):
        rows = session.scalars(
            select(ConsolidationRequest)
            .where(ConsolidationRequest.declaration_id == declaration.id)
            .order_by(ConsolidationRequest.requested_at, ConsolidationRequest.id)
        )
        return [(row.state, row.reason) for row in rows]


def count(who) -> int:
    with who.reading() as (session, declaration):
        query = select(ScoreSelection).where(ScoreSelection.declaration_id == declaration.id)
        return len(session.scalars(query).all())


def posted(said) -> Submitted:
    return Submitted({name: [text] for name, text in said.items()})
