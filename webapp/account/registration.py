"""The facts of a registration. Whether they are anyone's, only the phone is told."""

from dataclasses import asdict, dataclass

from engine.clock import local
from engine.declaration import accounts, identity
from engine.errors import Refused
from engine.people import mobiles
from webapp.account.forms import LocalForm
from webapp.database import reading
from webapp.engine import engine

TOLD_INSTEAD = "registration_refused"
"""The text that a phone gets in place of a code that could open nothing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person claims to be, in canonical form."""

    admission_number: str
    id_number: str
    name: str
    mobile: str

    @property
    def words(self) -> list[str]:
        return [self.admission_number, self.id_number, self.name, self.mobile]

    @property
    def are_free(self) -> bool:
        """Whether they stand in the registry and nobody has registered with them."""
        return accounts.may_register(
            reading(),
            admission_number=self.admission_number,
            id_number=self.id_number,
            name=self.name,
        )

    def with_password(self, digest: str) -> accounts.Registration:
        return accounts.Registration(**asdict(self), password_hash=digest)


def read(form: LocalForm) -> Facts | None:
    """Return the facts, or none with a sentence beside each field that is wrong in itself."""
    today = local(engine().clock.now()).date()
    readers = {
        "admission_number": identity.read_admission_number,
        "id_number": lambda text: identity.read_id_number(text, today).number,
        "name": identity.read_name,
        "mobile": mobiles.normalise,
    }
    found = {}
    for name, reader in readers.items():
        try:
            found[name] = reader(form[name].data or "")
        except Refused as refused:
            form[name].errors = [str(refused)]
    return Facts(**found) if len(found) == len(readers) else None
