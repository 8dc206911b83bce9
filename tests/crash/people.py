"""Candidates by the dozen: each like S10 of the demonstration, with papers of their own."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from flask import Flask
from PIL import Image

from engine.bootstrap import Engine
from engine.declaration import demo
from engine.declaration.demo import pictures, registry
from engine.declaration.demo.people import DemoCandidate
from engine.people import accounts, passwords, sign_ins

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
LIKE = next(person for person in demo.CANDIDATES if person.key == "S10")


@dataclass(frozen=True)
class Guest:
    """Someone who is signed in already, by the cookie of their browser."""

    who: DemoCandidate
    cookie: str

    @property
    def address(self) -> str:
        """Where they are; all of them at one address would be taken for an attack."""
        return f"10.0.0.{self.who.key[1:]}"

    def portrait(self) -> tuple[str, bytes, str]:
        """A photo like nobody else's: contents that are there already are not written again."""
        picture = Image.open(io.BytesIO(_portrait()))
        shade = int(self.who.key[1:])
        picture.paste((shade % 256, shade // 256, 60), (300, 1200, 900, 1500))
        content = io.BytesIO()
        picture.save(content, "JPEG", quality=90)
        return "我的照片.jpg", content.getvalue(), "image/jpeg"


def people(count: int) -> Iterator[DemoCandidate]:
    for n in range(1, count + 1):
        number = replace(LIKE.numbers[0], number=f"02012020{1000 + n}")
        yield replace(
            LIKE,
            key=f"C{n}",
            id_number=_with_check_digit(f"37020019960606{n:03}"),
            mobile=f"1380000{n:04}",
            numbers=(number,),
        )


def invite(engine: Engine, app: Flask, count: int) -> list[Guest]:
    """Enter people into the registry, open their accounts, and sign them in."""
    now, digest, guests = engine.clock.now(), passwords.hash(demo.PASSWORD), []
    signer = app.session_interface.get_signing_serializer(app)
    for who in people(count):
        with engine.database.write() as session:
            registry._load_number(session, who, who.numbers[0])
            account = accounts.open_candidate(
                session,
                id_number=who.id_number,
                name=who.name,
                mobile=who.mobile,
                password_hash=digest,
                now=now,
            )
            token = sign_ins.start(
                session, account, now=now, address="127.0.0.1", kind=account.kind
            )
        guests.append(Guest(who, signer.dumps({"_user_id": token, "_fresh": True})))
    return guests


@cache
def _portrait() -> bytes:
    return pictures.portrait()


def _with_check_digit(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]
