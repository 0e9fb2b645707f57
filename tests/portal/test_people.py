"""Making accounts."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import passwords, service
from portal.accounts.passwords import HASHER
from portal.errors import BadInput, Conflict
from portal.models import Person, Role
from tests.people import ADA, Someone


def test_an_email_is_kept_in_one_form(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        person = service.create_person(session, " New@Example.ORG ", Role.ADMIN)
        assert (person.email, person.name, person.role) == ("new@example.org", "new", Role.ADMIN)


def test_one_email_has_one_account(
    sessions: sessionmaker[Session], people: dict[Someone, Person]
) -> None:
    with pytest.raises(Conflict, match="already has an account"), sessions.begin() as session:
        service.create_person(session, ADA.email.upper(), Role.ADMIN)


@pytest.mark.parametrize(
    "email", ["", "ada", "@", "a@", "@b", "a b@c", "a@b@c", "\0@b", "x" * 255 + "@b"]
)
def test_what_is_no_email_makes_no_account(sessions: sessionmaker[Session], email: str) -> None:
    with pytest.raises(BadInput, match="not an email address"), sessions.begin() as session:
        service.create_person(session, email, Role.CANDIDATE)


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_has_a_sensible_length(sessions: sessionmaker[Session], password: str) -> None:
    with pytest.raises(BadInput, match="8 to 1000 characters"), sessions.begin() as session:
        service.create_person(session, "new@example.org", Role.CANDIDATE, password=password)


@pytest.mark.parametrize("name", ["x" * 101, "a\0b", "a\u202eb"])
def test_a_name_can_be_shown(sessions: sessionmaker[Session], name: str) -> None:
    with pytest.raises(BadInput, match="visible characters"), sessions.begin() as session:
        service.create_person(session, "new@example.org", Role.CANDIDATE, name=name)


def test_passwords_are_stored_with_argon2id_and_its_recommended_cost() -> None:
    # As imported, before the tests made hashing cheap.
    parameters = extract_parameters(HASHER.hash("correct horse"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 3


def test_only_the_right_password_is_one() -> None:
    hashed = passwords.hash_password("correct horse")
    assert passwords.is_password(hashed, "correct horse")
    assert not passwords.is_password(hashed, "correct horse ")
    assert not passwords.is_password("not a hash", "correct horse")
    long = passwords.hash_password("x" * 1000)
    assert not passwords.is_password(long, "x" * 1001)


def test_a_stranger_costs_as_much_work_as_somebody_we_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verified: list[str] = []

    class Counting:
        hash = HASHER.hash

        def verify(self, hashed: str, password: str) -> bool:
            verified.append(hashed)
            return HASHER.verify(hashed, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())
    assert not passwords.is_password(None, "correct horse")
    assert not passwords.is_password(None, "nobody has this password")
    assert len(verified) == 2
    assert all(extract_parameters(hashed).type is Type.ID for hashed in verified)
