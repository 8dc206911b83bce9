"""The job that prints a document: read, lay out, print, store, and say that it is issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from engine.cases.models import Case
from engine.db import Database
from engine.declaration.documents.issuing import ISSUE
from engine.declaration.documents.office import Office
from engine.declaration.documents.pages import PHOTO, Page, page_of
from engine.declaration.lookups import declaration_of
from engine.declaration.models import Declaration, DocumentIssue, IssueState
from engine.documents import check_glyphs, render
from engine.documents.glyphs import text_of
from engine.files import FileStore, StoredContent, add_file
from engine.i18n import speaking
from engine.jobs import Handler, Job, JobRun
from engine.releases import Library

ON_THIS_MACHINE = "http://127.0.0.1:8000"
MEDIA_TYPE = "application/pdf"
TRIES = 5
LEASE = timedelta(minutes=3)
LONGEST_PROBLEM = 200

Closing = Callable[[Session], None]


def handlers(
    database: Database,
    files: FileStore,
    library: Library,
    *,
    base_url: str = ON_THIS_MACHINE,
) -> Mapping[str, Handler]:
    """Return the handler of the jobs that print; `base_url` is where people reach the site, for
    the address under which a printed page can be checked."""
    work = _Printery(database, files, library, base_url)
    return {ISSUE: Handler(run=work.issue, attempts=TRIES, lease=LEASE, on_dead=_note_not_printed)}


@dataclass(frozen=True, slots=True)
class _Printery:
    database: Database
    files: FileStore
    library: Library
    base_url: str

    def issue(self, job: JobRun) -> Closing | None:
        """Print one version of one document, or refuse it and name the characters."""
        issue_id = UUID(job.payload["issue"])
        with self.database.read() as session, speaking("zh"):
            page = self._page(session, issue_id, job.now)
        if page is None:
            return None
        unprintable = check_glyphs(text_of(page.html))
        if unprintable:
            problem = " ".join(unprintable)[:LONGEST_PROBLEM]
            return lambda session: _refuse(session, issue_id, problem)
        stored = self.files.put(render(page.html, assets=self._assets(page)))
        return lambda session: _issue(session, issue_id, stored, job.now)

    def _page(self, session: Session, issue_id: UUID, now: datetime) -> Page | None:
        issue = session.get_one(DocumentIssue, issue_id)
        if not _is_wanted(issue):
            return None
        case = session.get_one(Case, session.get_one(Declaration, issue.declaration_id).case_id)
        return page_of(
            session,
            declaration_of(session, case.id),
            issue,
            office=Office.of(self.library.open(session, case.release_id).settings),
            base_url=self.base_url,
            now=now,
        )

    def _assets(self, page: Page) -> dict[str, bytes]:
        photo = {PHOTO: self.files.get(page.photo)} if page.photo else {}
        return {**page.marks, **photo}


def _is_wanted(issue: DocumentIssue) -> bool:
    """True until it is printed or a newer version was asked for; a dead job may be tried again."""
    return issue.state != IssueState.ISSUED and issue.superseded_at is None


def _issue(session: Session, issue_id: UUID, stored: StoredContent, now: datetime) -> None:
    issue = _locked(session, issue_id)
    if not _is_wanted(issue):
        return
    declaration = session.get_one(Declaration, issue.declaration_id)
    file = add_file(
        session,
        stored,
        media_type=MEDIA_TYPE,
        name=f"{issue.kind}-{issue.version}.pdf",
        owner_id=declaration.owner_id,
        case_id=declaration.case_id,
        purpose="document",
        now=now,
    )
    issue.file_id, issue.sha256 = file.id, stored.sha256
    issue.state, issue.issued_at, issue.problem = IssueState.ISSUED, now, None


def _refuse(session: Session, issue_id: UUID, problem: str | None) -> None:
    issue = _locked(session, issue_id)
    if _is_wanted(issue):
        issue.state, issue.problem = IssueState.REFUSED, problem


def _note_not_printed(session: Session, job: Job) -> None:
    _refuse(session, UUID(job.payload["issue"]), None)


def _locked(session: Session, issue_id: UUID) -> DocumentIssue:
    return session.get_one(DocumentIssue, issue_id, with_for_update=True, populate_existing=True)
