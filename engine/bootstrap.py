"""Puts an Engine together: the only module that joins the case engine to the declaration."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from engine import housekeeping, payments, sms
from engine.bpmn import ElementFailed, ServiceFunction, ServiceSignature
from engine.cases import FIRE_TIMERS, Cases, House
from engine.cases import failures as case_failures
from engine.cases.models import Case
from engine.clock import Clock, SystemClock
from engine.db import Database, Keyring, envelope
from engine.declaration import services as declaration_services
from engine.declaration.components import COMPONENTS
from engine.declaration.documents import handlers as document_handlers
from engine.declaration.expectations import EXPECTATIONS
from engine.declaration.facts import facts_of
from engine.files import FileStore
from engine.forms import GENERIC_TYPES, FieldType
from engine.jobs import Handler, Job, JobFailed, JobRun, Worker, attach, messages
from engine.jobs.procrastinate import ProcrastinateCarrier
from engine.payments import reconciliation
from engine.payments import services as payment_services
from engine.payments import work as payment_work
from engine.people import Role, captchas, codes
from engine.people import services as people_services
from engine.releases import Bundle, Library, check
from engine.settings import Settings
from engine.sms import delivery
from engine.sms.providers import NoProvider as NoSmsProvider

KEY_FILE = "master.key"


@dataclass(frozen=True)
class Engine:
    """Everything that is true without a browser, ready to be asked."""

    settings: Settings
    clock: Clock
    database: Database
    keyring: Keyring
    files: FileStore
    library: Library
    cases: Cases
    worker: Worker
    captcha_source: captchas.CaptchaSource
    log: Any

    def publish(self, bundle: Bundle | None = None) -> None:
        """Make the bundle (the product's own unless given) the release of new cases.

        A bundle with errors is refused: `check.BundleRefused` names file, element and reason.
        """
        bundle = bundle or Bundle.shipped()
        check.require_sound(bundle, check_house())
        with self.database.write() as session:
            self.library.publish(session, bundle, now=self.clock.now())

    def publish_at_start(self) -> None:
        """Begin with the product's own bundle: where there is no release yet, and always in the
        demonstration. Otherwise what was published stays, and the log names a bundle that never
        was."""
        bundle = Bundle.shipped()
        with self.database.read() as session:
            newest = self.library.newest(session)
            is_known = self.library.has_published(session, bundle)
        if newest is None or self.settings.demo:
            self.publish(bundle)
        elif not is_known:
            way = "`bishen release publish` makes these files a release"
            self.log.warning("bundle not published", release=newest.number, reason=way)

    def plan_the_night(self) -> None:
        """See to what runs by itself every night: the look at payments, and housekeeping."""
        with self.database.write() as session:
            reconciliation.begin(session, self.clock.now())
            housekeeping.begin(session, self.clock.now())

    def close(self) -> None:
        self.worker.stop()
        self.database.close()


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    captcha_source: captchas.CaptchaSource = captchas.DERIVED,
    sms_provider: sms.Provider | None = None,
    payment_provider: payments.Provider | None = None,
) -> Engine:
    """Put an engine together; tests hand in what stands at the border."""
    clock = clock or SystemClock()
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    keyring = Keyring({1: master_key(settings)})
    envelope.install(keyring)
    database = Database(settings.url)
    if not database.is_sqlite:
        attach(database, ProcrastinateCarrier())
    files = FileStore(settings.home / "files", keyring)
    library = Library(component_types())
    cases = Cases(House(library, services(), files, clock, facts_of))
    messages.install(
        lambda session, case_id, message, payload, now: cases.deliver(
            session, case_id, message, payload
        )
    )
    provider = payment_provider or _payment_provider(settings)
    if provider:
        payments.install(provider)
    handlers = {
        **_case_handlers(cases),
        **delivery.handlers(
            database,
            sms_provider or _sms_provider(settings),
            _Texts(database, library),
            codes.code_of,
        ),
        **(payment_work.handlers(database, provider) if provider else {}),
        **housekeeping.handlers(database, files),
        **document_handlers(database, files, library, base_url=settings.address),
    }
    return Engine(
        settings=settings,
        clock=clock,
        database=database,
        keyring=keyring,
        files=files,
        library=library,
        cases=cases,
        worker=Worker(database, _reporting(handlers, clock), clock),
        captcha_source=captcha_source,
        log=structlog.get_logger(),
    )


def services() -> dict[str, ServiceFunction]:
    """Every function that a service task may name."""
    return {
        **people_services.SERVICES,
        **payment_services.SERVICES,
        **declaration_services.SERVICES,
    }


def component_types() -> dict[str, FieldType]:
    """Every component type that a form may use."""
    return {**GENERIC_TYPES, **COMPONENTS}


def check_house() -> check.House:
    """What a bundle may refer to in this installation."""
    signatures = {name: ServiceSignature.of(function) for name, function in services().items()}
    return check.House(signatures, component_types(), frozenset(Role), EXPECTATIONS)


def master_key(settings: Settings) -> bytes:
    """Return the installation's master key; the demonstration makes its own the first time."""
    given = settings.master_key.get_secret_value()
    if given:
        return bytes.fromhex(given)
    file = settings.home / KEY_FILE
    if not file.exists():
        if any(settings.home.glob("*.db")):
            raise envelope.KeyMissing(
                f"{file} is missing, and what the database holds cannot be read without it."
            )
        _make_key(file)
    return bytes.fromhex(file.read_text().strip())


def _make_key(file: Path) -> None:
    """Write a key whole or not at all; of several processes that start at once, one makes it."""
    part = file.with_name(f"{file.name}.{secrets.token_hex(8)}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_hex(32))
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):
        os.link(part, file)
    part.unlink()


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of the release that a case is pinned to; without a case, today's."""

    database: Database
    library: Library

    def __call__(self, case_id: UUID | None) -> sms.Texts:
        with self.database.read() as session:
            case = session.get(Case, case_id) if case_id else None
            newest = self.library.newest(session)
            release_id = case.release_id if case else (newest.id if newest else None)
            if release_id is None:
                raise LookupError("no release has been published")
            return self.library.open(session, release_id).texts


def _case_handlers(cases: Cases) -> Mapping[str, Handler]:
    def fire(job: JobRun) -> Any:
        case_id = UUID(job.payload["case_id"])

        def close(session: Session) -> None:
            try:
                cases.fire_timers(session, case_id)
            except ElementFailed as failed:
                # Operators read this; the kind of the cause says more than that an element failed.
                raise JobFailed(f"{failed.element}: {type(failed.cause).__qualname__}") from failed

        return close

    return {FIRE_TIMERS: Handler(run=fire)}


def _reporting(handlers: Mapping[str, Handler], clock: Clock) -> dict[str, Handler]:
    """Let every job that dies open an incident, besides what its own kind does."""

    def reporting(handler: Handler) -> Handler:
        def on_dead(session: Session, job: Job) -> None:
            if handler.on_dead:
                handler.on_dead(session, job)
            case_failures.open_job_incident(session, job, clock.now())

        return Handler(handler.run, handler.attempts, handler.lease, on_dead)

    return {kind: reporting(handler) for kind, handler in handlers.items()}


def _sms_provider(settings: Settings) -> sms.Provider:
    if settings.sms_provider == "viewer":
        return sms.ViewerProvider(settings.sms_viewer_url)
    return NoSmsProvider()


def _payment_provider(settings: Settings) -> payments.Provider | None:
    if settings.payment_provider != "sandbox":
        return None
    return payments.SandboxProvider(
        settings.payment_platform_url,
        settings.payment_merchant,
        notify_url=f"{settings.address}/payments/callback",
        return_url=f"{settings.address}/home",
    )
