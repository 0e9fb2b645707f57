"""Links that go out by mail: made when the mail is written, used once; never commits."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from portal.accounts.joining import queries
from portal.accounts.service import create_person, end_browser_sessions
from portal.accounts.tokens import fingerprint, new_token
from portal.errors import NotFound
from portal.models import MailedLink, Person, Purpose, Role, utc_now

LINK_HOURS = 1
USED_UP = {
    Purpose.REGISTER: (
        "This link does not work any more: it has been used, or it is older than an hour. If you "
        "have chosen a password, sign in with it; else have a new link sent to you."
    ),
    Purpose.PASSWORD: (
        "This link does not work any more: it has been used, or it is older than an hour. Have a "
        "new one sent to you."
    ),
}


def make_link(
    session: Session, purpose: Purpose, address: str, person_id: uuid.UUID | None = None
) -> str:
    """The token of a new link; those that have run out are forgotten on the way."""
    now = utc_now()
    session.execute(delete(MailedLink).where(MailedLink.expires_at <= now))
    token = new_token()
    session.add(
        MailedLink(
            token_hash=fingerprint(token),
            purpose=purpose,
            address=address,
            person_id=person_id,
            expires_at=now + timedelta(hours=LINK_HOURS),
        )
    )
    return token


def look_at_link(session: Session, purpose: Purpose, token: str) -> MailedLink:
    """A link that works, without using it up: programs that guard mailboxes open every link."""
    link = queries.link(session, fingerprint(token), purpose, utc_now())
    if link is None:
        raise NotFound(USED_UP[purpose])
    return link


def register(session: Session, token: str, name: str, password_hash: str) -> Person:
    """Use the link up for an account; whoever opened it has the mailbox."""
    link = _use_link(session, Purpose.REGISTER, token)
    person = create_person(session, link.address, Role.CANDIDATE, name=name)
    person.password_hash = password_hash
    session.execute(delete(MailedLink).where(MailedLink.address == link.address))
    return person


def choose_password(session: Session, token: str, password_hash: str) -> uuid.UUID:
    """Use the link up for a new password; every browser and every other link ends."""
    person_id = _use_link(session, Purpose.PASSWORD, token).person_id
    if person_id is None:
        raise NotFound(USED_UP[Purpose.PASSWORD])
    set_password(session, person_id, password_hash)
    end_browser_sessions(session, person_id)
    return person_id


def set_password(session: Session, person_id: uuid.UUID, password_hash: str) -> None:
    """A new password; links for choosing another one end."""
    session.execute(
        update(Person).where(Person.id == person_id).values(password_hash=password_hash)
    )
    session.execute(delete(MailedLink).where(MailedLink.person_id == person_id))


def _use_link(session: Session, purpose: Purpose, token: str) -> MailedLink:
    """Of two who come with the same link at the same time, the database lets one through."""
    link = look_at_link(session, purpose, token)
    used = session.execute(
        delete(MailedLink).where(MailedLink.token_hash == link.token_hash),
        execution_options={"synchronize_session": False},
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1:
        raise NotFound(USED_UP[purpose])
    return link
