"""What somebody changes about their own account; never commits."""

from __future__ import annotations

import uuid

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from portal.accounts.profile import queries
from portal.accounts.service import make_api_token, shown_name
from portal.errors import BadInput, Conflict, NotFound
from portal.models import ApiToken, BrowserSession, Mail, MailedLink, Person, Role

MAX_TOKENS = 50
MAX_TOKEN_NAME = 100
LAST_ADMIN = (
    "You are the only admin here, and without one nobody could look after this site. Make "
    "somebody else an admin first: assay user create EMAIL --role admin."
)


def rename(session: Session, person_id: uuid.UUID, name: str) -> None:
    """Greet somebody by another name."""
    session.execute(update(Person).where(Person.id == person_id).values(name=shown_name(name)))


def make_named_token(session: Session, person_id: uuid.UUID, text: str) -> str:
    """A bearer token whose name says what it is for; a form that comes twice makes only one."""
    name = " ".join(text.split())
    if not name or len(name) > MAX_TOKEN_NAME or not name.isprintable():
        raise BadInput(
            f"A token's name has 1 to {MAX_TOKEN_NAME} visible characters. Say what it is for."
        )
    if queries.token_named(session, person_id, name) is not None:
        raise Conflict(f"You have a token named “{name}”. Choose another name, or revoke that one.")
    if queries.count_tokens(session, person_id) >= MAX_TOKENS:
        raise Conflict(
            f"You have {MAX_TOKENS} tokens, and that is the most. Revoke one you no longer need."
        )
    return make_api_token(session, person_id, name)


def sign_browser_out(session: Session, person_id: uuid.UUID, handle: str) -> None:
    """End one browser of this person's own; one that is signed out already is as it should be."""
    session.execute(
        delete(BrowserSession).where(
            BrowserSession.person_id == person_id, BrowserSession.token_hash.startswith(handle)
        )
    )


def revoke_token(session: Session, person_id: uuid.UUID, token_id: uuid.UUID) -> None:
    """End a token of this person's own."""
    ended = session.execute(
        delete(ApiToken).where(ApiToken.id == token_id, ApiToken.person_id == person_id)
    )
    if not isinstance(ended, CursorResult) or ended.rowcount != 1:
        raise NotFound("You have no such token. It may have been revoked already.")


def delete_account(session: Session, person_id: uuid.UUID) -> None:
    """Delete somebody with everything that is theirs; the tables go with them by their keys."""
    person = session.get_one(Person, person_id)
    if person.role is Role.ADMIN and list(queries.admins_for_update(session)) == [person_id]:
        raise Conflict(LAST_ADMIN)
    session.execute(delete(Mail).where(Mail.address == person.email))
    session.execute(delete(MailedLink).where(MailedLink.address == person.email))
    session.execute(delete(Person).where(Person.id == person_id))
