"""Everything accounts write: people, signed-in browsers, links and API tokens; never commits."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.passwords import hash_password
from portal.accounts.tokens import fingerprint, new_token
from portal.errors import BadInput, Conflict, NotFound
from portal.mail.address import MAX_ADDRESS_CHARACTERS, is_address
from portal.models import ApiToken, BrowserSession, Person, Role, SignInLink, utc_now

MAX_NAME_CHARACTERS = 100
TAKEN = "{} already has an account. Use another email."
PASSWORD_TOKEN = "Signed in with a password"  # noqa: S105 - the name of a token
MAX_PASSWORD_TOKENS = 20
API_TOKEN_PREFIX = "assay_"  # noqa: S105 - the part of a token that is no secret


def normal_email(text: str) -> str | None:
    """An email as the database keeps it, or None when it cannot be one."""
    if len(text) > 2 * MAX_ADDRESS_CHARACTERS:
        return None  # before the work that is done for each character
    email = unicodedata.normalize("NFC", text.strip().lower())
    return email if is_address(email) else None


def create_person(
    session: Session, email: str, role: Role, *, name: str = "", password: str | None = None
) -> Person:
    """A new account; without a password it is entered by a link only."""
    address = normal_email(email)
    if address is None:
        raise BadInput(f"{email!r} is not an email address. Write it like ada@example.org.")
    if queries.person_by_email(session, address) is not None:
        raise Conflict(TAKEN.format(address))
    person = Person(
        email=address,
        name=shown_name(name or address.partition("@")[0]),
        role=role,
        password_hash=None if password is None else hash_password(password),
    )
    session.add(person)
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(TAKEN.format(address)) from None
    return person


def start_browser_session(
    session: Session, person_id: uuid.UUID, hours: int, browser: str | None = None
) -> str:
    """Sign a browser in; the answer is the token for its cookie, always a new one."""
    now = utc_now()
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now))
    token = new_token()
    session.add(
        BrowserSession(
            token_hash=fingerprint(token),
            person_id=person_id,
            browser=browser,
            expires_at=now + timedelta(hours=hours),
        )
    )
    return token


def end_browser_session(session: Session, token: str) -> None:
    """Sign a browser out; its cookie is worth nothing from now on."""
    session.execute(delete(BrowserSession).where(BrowserSession.token_hash == fingerprint(token)))


def end_browser_sessions(
    session: Session, person_id: uuid.UUID, except_for: str | None = None
) -> None:
    """Sign a person's browsers out, but for the one with this token."""
    ended = delete(BrowserSession).where(BrowserSession.person_id == person_id)
    if except_for is not None:
        ended = ended.where(BrowserSession.token_hash != fingerprint(except_for))
    session.execute(ended)


def make_api_token(session: Session, person_id: uuid.UUID, name: str) -> str:
    """A bearer token for the API; nobody can read it again."""
    token = new_token(API_TOKEN_PREFIX)
    session.add(ApiToken(token_hash=fingerprint(token), person_id=person_id, name=name))
    return token


def sign_program_in(session: Session, person_id: uuid.UUID) -> str:
    """A bearer token for a password; programs that ask for one each time leave no heap behind."""
    made = make_api_token(session, person_id, PASSWORD_TOKEN)
    session.flush()
    newest = queries.newest_tokens(session, person_id, PASSWORD_TOKEN, MAX_PASSWORD_TOKENS)
    session.execute(
        delete(ApiToken).where(
            ApiToken.person_id == person_id,
            ApiToken.name == PASSWORD_TOKEN,
            ApiToken.id.not_in(newest),
        )
    )
    return made


def mark_api_token_used(session: Session, token_id: uuid.UUID, now: datetime) -> None:
    """Keep when a token was last used, so its owner can see which ones are not needed."""
    session.execute(update(ApiToken).where(ApiToken.id == token_id).values(last_used_at=now))


def make_sign_in_link(session: Session, person: Person, hours: float) -> str:
    """The token of a link that signs this person in as often as they like until it expires."""
    token = new_token()
    session.add(
        SignInLink(
            token_hash=fingerprint(token),
            person_id=person.id,
            expires_at=utc_now() + timedelta(hours=hours),
        )
    )
    return token


def follow_sign_in_link(session: Session, token: str) -> Person:
    """Whom a link signs in; an old link and a made-up one get the same answer."""
    person = queries.person_of_link(session, fingerprint(token), utc_now())
    if person is None:
        raise NotFound(
            "This sign-in link does not work any more. Use the newest one, from the terminal "
            "where Assay runs, or sign in with your password."
        )
    return person


def revoke_sign_in_links(session: Session) -> None:
    """End every link; browsers that are signed in stay so."""
    session.execute(delete(SignInLink))


def shown_name(text: str) -> str:
    """A name as pages show it."""
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > MAX_NAME_CHARACTERS:
        raise BadInput(f"A name has 1 to {MAX_NAME_CHARACTERS} visible characters.")
    return name
