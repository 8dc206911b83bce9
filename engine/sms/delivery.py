"""The job that hands a text to the provider and notes what came of it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from engine.db import Database
from engine.jobs import GiveUp, Handler, Job, JobRun
from engine.sms.models import Sms, SmsState
from engine.sms.providers import Provider
from engine.sms.sending import DELIVER
from engine.sms.texts import Texts

TextsOf = Callable[[UUID | None], Texts]
"""The texts of the release that a case is pinned to; without a case, today's."""
CodeOf = Callable[[UUID], str]
"""The code of a challenge; it is known only while the text is under way."""


class TextUnknown(GiveUp):
    """The release has no such text, or the text wants a value that was not given."""


def handlers(
    database: Database, provider: Provider, texts_of: TextsOf, code_of: CodeOf
) -> Mapping[str, Handler]:
    """Return the handler of `sms.deliver`."""
    delivery = _Delivery(database, provider, texts_of, code_of)
    return {DELIVER: Handler(run=delivery.run, on_dead=_note_failure)}


@dataclass(frozen=True, slots=True)
class _Delivery:
    database: Database
    provider: Provider
    texts_of: TextsOf
    code_of: CodeOf

    def run(self, job: JobRun) -> Callable[[Session], None] | None:
        sms_id = UUID(job.payload["sms"])
        with self.database.read() as session:
            row = session.get_one(Sms, sms_id)
            if row.state != SmsState.WAITING:
                return None
            if row.expires_at and job.now >= row.expires_at:
                return _closing(sms_id, SmsState.EXPIRED)
            mobile, body = row.mobile or "", self._body(row)
        reference = self.provider.send(mobile, body, key=job.id)
        return _closing(sms_id, SmsState.SENT, job.now, reference)

    def _body(self, row: Sms) -> str:
        values = json.loads(row.params or "{}")
        if row.challenge_id:
            values["code"] = self.code_of(row.challenge_id)
        try:
            return self.texts_of(row.case_id).body(row.text_key, values, row.language)
        except KeyError as fault:
            raise TextUnknown(f"text {row.text_key}: {fault} is missing") from fault


def _closing(
    sms_id: UUID, state: SmsState, now: datetime | None = None, reference: str | None = None
) -> Callable[[Session], None]:
    def close(session: Session) -> None:
        row = session.get_one(Sms, sms_id)
        row.state, row.sent_at, row.provider_reference = state, now, reference

    return close


def _note_failure(session: Session, job: Job) -> None:
    session.get_one(Sms, UUID(job.payload["sms"])).state = SmsState.FAILED
