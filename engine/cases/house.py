"""What every command stands on: releases, services, files, the clock, and what the domain knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from engine.bpmn import ServiceFunction
from engine.cases.components import Look
from engine.cases.models import Case
from engine.cases.running import RunningCase
from engine.clock import Clock
from engine.files import FileStore
from engine.releases import Library


def _no_facts(look: Look) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class House:
    """Put together once by `engine.bootstrap`."""

    library: Library
    services: Mapping[str, ServiceFunction]
    files: FileStore
    clock: Clock
    facts_of: Callable[[Look], Mapping[str, Any]] = field(default=_no_facts)
    """What the domain knows about a case, for the expressions of forms."""

    def running(self, session: Session, case: Case, actor_id: UUID | None) -> RunningCase:
        """Take a case in hand, under one reading of the clock."""
        return RunningCase(
            session=session,
            case=case,
            release=self.library.open(session, case.release_id),
            services=self.services,
            now=self.clock.now(),
            actor_id=actor_id,
        )
