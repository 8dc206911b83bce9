"""From a post to typed values: pass after pass, until nothing more is hidden or shown by it."""

from engine.forms.formulas import formulas_of
from engine.forms.nested import copied
from engine.forms.passes import Pass, Place, Question
from engine.forms.tree import walk
from engine.forms.walker import Walker


def bind(question: Question) -> Pass:
    """Walk the form until its conditions agree with what they let through.

    Where they never agree (a field that hides itself) what flickers is hidden.
    """
    found = _walk_once(question, Pass({}))
    formulas = sum(1 for c in walk(question.components) for _formula in formulas_of(c.definition))
    for _round in range(formulas + 1 if formulas else 0):
        before, found = found, _walk_once(question, found)
        if found.hidden == before.hidden and found.values == before.values:
            return found
    return _walk_once(question, found, found.hidden | before.hidden) if formulas else found


def _walk_once(question: Question, before: Pass, frozen: set[Place] | None = None) -> Pass:
    walker = Walker(question, Pass(copied(before.values)), before.rows, frozen)
    walker.walk()
    return walker.found
