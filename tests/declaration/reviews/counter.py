"""A reviewer or registrar who takes the open work item of a case and decides it."""

from dataclasses import dataclass

from engine.declaration.documents.answers import information_of
from engine.declaration.lookups import declaration_of
from tests.declaration.flow.walk import Walk, staff

REVIEW = "review_on_site"
CORRECT = "correct_fields"
SEEN = {"review.original": "id_card"}


def marked(name: str, code: str = "differs", text: str = "") -> dict[str, str]:
    """What the page posts for one field that is sent back."""
    return {
        f"review.mark.{name}": "yes",
        f"review.reason.{name}": code,
        f"review.text.{name}": text,
    }


@dataclass
class Counter:
    walk: Walk
    username: str

    def __post_init__(self):
        self.person = staff(self.walk.engine, self.username)

    def post(self, element: str, outcome: str, fields=None):
        self.claim(element)
        return self.walk.post(element, outcome, fields, person=self.person)

    def review(self, outcome: str, **fields: str):
        return self.post(REVIEW, outcome, fields)

    def send_back(self, *marks: dict[str, str]):
        """Send back fields, each as `marked` says it."""
        fields = {name: text for mark in marks for name, text in mark.items()}
        return self.post(REVIEW, "return", fields)

    def claim(self, element: str) -> None:
        with self.walk.engine.database.write() as session:
            self.walk.engine.cases.claim(session, self.person, self.walk.open()[element].id)

    def facts(self, element: str = REVIEW, key: str = "review", person=None) -> dict:
        with self.walk.engine.database.read() as session:
            desk = self.walk.engine.cases.desk(
                session, person or self.person, self.walk.open()[element].id
            )
            return dict(desk.context[key])

    def views(self, element: str, person=None, submitted=None, errors=None):
        """The page's views, as after a post that was not accepted if there is one."""
        with self.walk.engine.database.read() as session:
            desk = self.walk.engine.cases.desk(
                session, person or self.person, self.walk.open()[element].id
            )
            entered = desk.form.bind(desk.context, submitted).entered if submitted else {}
            return desk.form.view(desk.context, entered, errors or {})


def correct(walk: Walk, fields=None, files=None):
    return walk.post(CORRECT, "resubmit", fields or {}, files)


def information(walk: Walk) -> dict:
    with walk.engine.database.read() as session:
        return information_of(session, declaration_of(session, walk.case_id))
