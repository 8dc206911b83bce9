"""What pages rely on: fast on the largest plan, the same from several threads, silent."""

from concurrent.futures import ThreadPoolExecutor
from time import thread_time

from engine.declaration.demo.plans import source
from engine.declaration.matching import Inputs, Waiver, solve
from tests.declaration.demo.rules import demo_plan, demo_rules
from tests.declaration.matching.plans import records


def everything() -> Inputs:
    """The plan with most courses, every course of it passed and every old one too."""
    plan = max(
        (demo_plan(row["plan_id"]) for row in source()["plans"]),
        key=lambda plan: sum(len(group.courses) for group in plan.groups),
    )
    codes = {c.code for group in plan.groups for c in group.courses}
    codes |= {code for rule in demo_rules() for code in rule.sources}
    return Inputs(
        plan, records(*sorted(codes)), demo_rules(), (Waiver("w", "00015"),), prior_major="会计"
    )


def test_the_largest_plan_takes_at_most_fifty_milliseconds():
    question = everything()
    solve(question)
    assert min(_seconds(question) for _ in range(5)) <= 0.05


def _seconds(question: Inputs) -> float:
    start = thread_time()
    solve(question)
    return thread_time() - start


def test_threads_get_the_same_answer():
    question = everything()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(solve, [question] * 16))
    assert all(answer == answers[0] for answer in answers)


def test_the_solver_prints_nothing(capfd):
    solve(everything())
    assert capfd.readouterr() == ("", "")
