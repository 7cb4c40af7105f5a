"""People and their personal links; a link is the only key and is stored hashed."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .database import Person

LONGEST_NAME = 60
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class PeopleError(ValueError):
    """What is wrong with something a person entered about themselves (Japanese).

    `label` is the name of what was entered, as the form shows it.
    """

    def __init__(self, label: str, message: str) -> None:
        self.label = label
        super().__init__(f"{label}{message}")


def random_text(length: int) -> str:
    """Random letters and digits that are not mistaken for one another."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def clean_line(text: str, *, label: str, required: bool = False) -> str:
    """A line as somebody meant it: no control characters, no outer blanks.

    Raises PeopleError when it is missing or longer than 60 characters.
    """
    kept = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    line = " ".join(kept.split())
    if required and not line:
        raise PeopleError(label, "を入れてください。")
    if len(line) > LONGEST_NAME:
        raise PeopleError(label, f"は{LONGEST_NAME}文字までで入れてください。")
    return line


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create_person(
    session: Session, *, name: str, reading: str = "", organisation: str = "", now: datetime
) -> tuple[Person, str]:
    """A new person and the token of their personal link (192 bit, not kept in the clear).

    Raises PeopleError.
    """
    token = secrets.token_urlsafe(24)
    person = Person(
        id=f"p-{random_text(12)}",
        name=clean_line(name, label="お名前", required=True),
        reading=clean_line(reading, label="ふりがな"),
        organisation=clean_line(organisation, label="団体名"),
        token_hash=_hash(token),
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person, token


def reissue_token(session: Session, person_id: str) -> str:
    """A new token for a person; the old link and every device signed in by it end."""
    person = session.get_one(Person, person_id)
    token = secrets.token_urlsafe(24)
    person.token_hash = _hash(token)
    return token


def person_by_token(session: Session, token: str) -> Person | None:
    """Whose personal link this is."""
    return session.scalar(select(Person).where(Person.token_hash == _hash(token)))


def device_key(person: Person) -> str:
    """What a signed cookie holds: the person and a mark of the token that let them in."""
    return f"{person.id}:{person.token_hash[:16]}"


def person_by_device_key(session: Session, key: str) -> Person | None:
    """The person of a cookie, None when their token was reissued since."""
    person_id, _, mark = key.partition(":")
    person = session.get(Person, person_id)
    if person is None or not secrets.compare_digest(person.token_hash[:16], mark):
        return None
    return person
