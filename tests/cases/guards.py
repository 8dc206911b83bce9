"""The guards of the façade, each with the line that stands guard: a nightly test takes them away
one by one and expects the state machine to notice."""

import inspect
import sys
import textwrap
from dataclasses import dataclass
from typing import Any

from engine.bpmn.budget import Budget
from engine.cases import (
    claims,
    completing,
    desks,
    drafts,
    events,
    failures,
    messages,
    prepared,
    projections,
    replies,
)
from engine.cases.running import RunningCase
from engine.forms import Form


@dataclass(frozen=True)
class Guard:
    """A function of `owner` without one of its lines. A line that is not there is an error, so the
    list cannot fall behind the code."""

    name: str
    owner: Any
    function: str
    line: str
    instead: str = "pass"

    def remove(self, monkeypatch):
        original = getattr(self.owner, self.function)
        source = textwrap.dedent(inspect.getsource(original))
        assert source.count(self.line) == 1, self.name
        module = sys.modules[original.__module__]
        found: dict[str, Any] = {}
        changed = compile(source.replace(self.line, self.instead), module.__file__, "exec")
        exec(changed, vars(module), found)  # noqa: S102 -- the product's own code, less a line
        # Others may have imported the function by its name: what they hold must change as well.
        monkeypatch.setattr(original, "__code__", found[self.function].__code__)


UNEVEN = "if row.account_id != account_id:"
NEVER = "if False:"

GUARDS = [
    Guard(
        "time before a post",
        completing,
        "complete",
        "    running.process.fire_timers()",
        "    pass",
    ),
    Guard(
        "time before an action",
        completing,
        "act",
        "fired = running.process.fire_timers()",
        "fired = 0",
    ),
    Guard("time before a withdrawal", messages, "send_offered", "running.process.fire_timers()"),
    Guard("time before a message", messages, "deliver", "running.process.fire_timers()"),
    Guard(
        "a post is answered once",
        replies,
        "stored_reply",
        'row = session.scalar(REPLIED, {"submission_id": submission_id})',
        "row = None",
    ),
    Guard("another's submission id", replies, "stored_reply", UNEVEN, NEVER),
    Guard("a case that has ended", completing, "_taken", "require_running(case)"),
    Guard(
        "a stale page",
        completing,
        "_require_as_shown",
        "if item.version != prepared.submission.version:",
        NEVER,
    ),
    Guard("an action makes pages stale", completing, "act", "item.version += 1"),
    Guard(
        "who may see, under the lock",
        completing,
        "_require_may",
        "require_may_see(item, running.case, prepared.person)",
    ),
    Guard(
        "only the holder of a claim",
        completing,
        "_require_may",
        "require_may_complete(item, prepared.person, running.now)",
    ),
    Guard(
        "who may see a page",
        desks,
        "_find",
        "require_may_see(row.WorkItem, row.Case, person)",
    ),
    Guard(
        "time before a claim",
        claims,
        "_taken",
        "if not case.is_suspended and running.process.fire_timers():",
        NEVER,
    ),
    Guard(
        "two people, at the claim",
        claims,
        "claim",
        "require_no_conflict_of_interest(session, item, running.case, person)",
    ),
    Guard(
        "one holder of a claim",
        claims,
        "claim",
        "if item.is_claimed(running.now) and item.claimed_by != person.account_id:",
        NEVER,
    ),
    Guard("who may claim", claims, "_taken", "require_may_see(item, case, person)"),
    Guard("nothing closed is claimed", claims, "_taken", "if not item.is_open:", NEVER),
    Guard(
        "only the holder gives back",
        claims,
        "release",
        "if item.claimed_by == person.account_id:",
        "if True:",
    ),
    Guard(
        "outcomes of the form",
        Form,
        "bind",
        "if outcome is not None and outcome not in offered:",
        NEVER,
    ),
    Guard("valid values", prepared, "_answer", "if not bound.is_valid:", NEVER),
    Guard(
        "who may send a message",
        messages,
        "send_offered",
        "if not is_owner and event.offered_to not in person.roles - {Role.CANDIDATE}:",
        NEVER,
    ),
    Guard("no message after the end", messages, "deliver", "if not case.is_open:", NEVER),
    Guard("early messages are caught", RunningCase, "save", "self._catch_early_messages()"),
    Guard(
        "items that are gone are closed",
        projections,
        "_save_work_items",
        "running.close(item, None)",
    ),
    Guard(
        "events that are gone are deleted",
        projections,
        "_save_catch_events",
        "running.session.delete(gone)",
    ),
    Guard(
        "one moment for a command",
        RunningCase,
        "record",
        "at=self.now",
        "at=datetime.now().astimezone()",
    ),
    Guard(
        "a budget of steps",
        Budget,
        "spend",
        "if self.spent > self._steps or thread_time() > self._until:",
        NEVER,
    ),
    Guard("an incident for our faults", failures, "open_incident", "session.add(incident)"),
    Guard("what was typed is kept", drafts, "keep_draft", "session.add(row)"),
    Guard(
        "secrets are kept nowhere",
        desks,
        "secret_names",
        'n.name for n in walk(form.components) if is_set(n.definition, "secret")',
        "",
    ),
    Guard(
        "a draft ends with its form",
        completing,
        "complete",
        "drafts.drop_draft(session, running.case.id, item.element, prepared.person.account_id)",
    ),
    Guard(
        "each line seals the one before",
        events,
        "record",
        "previous=case.event_head",
        'previous=""',
    ),
]
