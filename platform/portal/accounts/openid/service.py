"""Whose account it is that a provider vouches for; never commits.

The rule: a subject that is connected already enters its account, whatever its email is by now. An
unknown one needs an email that the provider has verified, and then gets the account of that email
(its owner is told by mail), unless that account is connected with another subject; or else a new
account, if strangers may register. Nobody's role ever comes from the provider.
"""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.openid import queries
from portal.accounts.openid.provider import Claimed, NotVouchedFor
from portal.accounts.queries import person_by_email
from portal.accounts.service import create_person, normal_email, shown_name
from portal.errors import BadInput, Conflict
from portal.mail.service import want
from portal.models import Identity, Person, Role

MAX_SUBJECT = 255
NOT_VERIFIED = "{} has not verified your email, so it opens no account here. Verify it there first."
CLOSED = "There is no account here for {}, and this site takes no registrations. Ask for one."
OTHER = (
    "The account of {} is connected with somebody else at {}. Sign in with your password, or ask "
    "whoever runs this site."
)
AGAIN = "You came in twice at the same moment. Start again."


def arrive(session: Session, claimed: Claimed, provider: str, *, may_register: bool) -> Person:
    """The account to sign in to, found, connected or made; a refusal says why."""
    if len(claimed.subject) > MAX_SUBJECT or not claimed.subject.isprintable():
        raise NotVouchedFor(f"The id that {provider} gives you is not one that can be kept.")
    known = queries.person_of_subject(session, claimed.issuer, claimed.subject)
    if known is not None:
        return known
    email = normal_email(claimed.email or "")
    if email is None or not claimed.is_verified:
        raise NotVouchedFor(NOT_VERIFIED.format(f"{provider[0].upper()}{provider[1:]}"))
    person = person_by_email(session, email)
    if person is None:
        if not may_register:
            raise NotVouchedFor(CLOSED.format(email))
        person = create_person(session, email, Role.CANDIDATE, name=_name(claimed.name))
    elif queries.has_identity(session, person.id, claimed.issuer):
        raise NotVouchedFor(OTHER.format(email, provider))
    else:
        want(session, "connected", email)
    _connect(session, person, claimed)
    return person


def _connect(session: Session, person: Person, claimed: Claimed) -> None:
    session.add(Identity(person_id=person.id, issuer=claimed.issuer, subject=claimed.subject))
    try:
        session.flush()
    except IntegrityError:
        raise Conflict(AGAIN) from None


def _name(text: str) -> str:
    """The name if it can be shown here; else the account is named after its email."""
    try:
        return shown_name(text)
    except BadInput:
        return ""
