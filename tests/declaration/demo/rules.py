"""The demonstration's plans and people as the pure rules read them, without a database."""

from datetime import date

from engine.declaration.demo import CANDIDATES, DemoCandidate
from engine.declaration.demo.people import DemoScore
from engine.declaration.demo.plans import plan_of, source, substitution_of
from engine.declaration.matching import Inputs, PlanRules, Record, Rule, Waiver
from engine.declaration.plan_reading import read_plan, read_rule

TODAY = date(2026, 3, 2)


def demo_plan(plan_id: str) -> PlanRules:
    row = next(row for row in source()["plans"] if row["plan_id"] == plan_id)
    return read_plan(plan_of(row))


def demo_rules() -> tuple[Rule, ...]:
    return tuple(read_rule(substitution_of(row)) for row in source()["substitutions"])


def demo_person(key: str) -> DemoCandidate:
    return next(person for person in CANDIDATES if person.key == key)


def inputs_of(key: str, *waived: str, without: tuple[str, ...] = ()) -> Inputs:
    """Everything the person has, the best of each duplicate ticked."""
    person = demo_person(key)
    best: dict[str, DemoScore] = {}
    for score in sorted(_all_scores(person), key=lambda s: (-s.mark, s.passed_on)):
        best.setdefault(score.code, score)
    return Inputs(
        demo_plan(person.plan_id),
        tuple(
            Record(f"r{code}", code, score.mark, score.passed_on)
            for code, score in best.items()
            if code not in without
        ),
        demo_rules(),
        tuple(Waiver(f"w{code}", code) for code in waived),
        person.prior_major,
    )


def _all_scores(person: DemoCandidate) -> list[DemoScore]:
    held = (*person.numbers, *person.archives, *person.transfers)
    return [score for holder in held for score in holder.scores]
