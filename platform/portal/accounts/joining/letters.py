"""The mails about accounts; each looks up by itself whether there is somebody to write to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.joining.service import make_link
from portal.mail.letter import Letter
from portal.mail.postman import Writer
from portal.models import Purpose
from portal.settings import Settings

REGISTER = """\
Welcome to Assay.

Open this link to choose a password; then your account is there:

  {url}

The link works once, for one hour. If you did not ask for an account, do nothing: there is none.
"""
TAKEN = """\
Somebody, probably you, wanted to make an account on Assay with this address. You have one
already. Sign in here:

  {url}

If you have forgotten your password, the page has a link for that. If it was not you, do nothing:
whoever it was has learned nothing.
"""
FORGOTTEN = """\
Hello {name},

open this link to choose a new password for Assay:

  {url}

The link works once, for one hour. If you did not ask for it, do nothing: your password stays as
it is.
"""
CHANGED = """\
Hello {name},

your password for Assay has just been changed, and every other browser has been signed out.

If that was not you, choose a new password at once:

  {url}
"""
CONNECTED = """\
Hello {name},

somebody has just signed in to your account on Assay through {provider}, with this verified
address. From now on that is a way into your account.

If that was not you, tell whoever runs this site.
"""


def register(session: Session, settings: Settings, address: str) -> Letter | None:
    """The link to a new account; whoever has one already is told so, and nobody else is."""
    if queries.person_by_email(session, address) is not None:
        url = f"{settings.own_url}/sign-in"
        return Letter(address, "You have an account on Assay", TAKEN.format(url=url))
    url = f"{settings.own_url}/register/{make_link(session, Purpose.REGISTER, address)}"
    return Letter(address, "Your account on Assay", REGISTER.format(url=url))


def password(session: Session, settings: Settings, address: str) -> Letter | None:
    """The link to a new password."""
    person = queries.person_by_email(session, address)
    if person is None:
        return None
    token = make_link(session, Purpose.PASSWORD, address, person.id)
    url = f"{settings.own_url}/password/choose/{token}"
    text = FORGOTTEN.format(name=person.name, url=url)
    return Letter(address, "Choose a new password for Assay", text)


def password_changed(session: Session, settings: Settings, address: str) -> Letter | None:
    """Tell the owner, in case it was somebody else."""
    person = queries.person_by_email(session, address)
    if person is None:
        return None
    text = CHANGED.format(name=person.name, url=f"{settings.own_url}/password/forgotten")
    return Letter(address, "Your password for Assay was changed", text)


def connected(session: Session, settings: Settings, address: str) -> Letter | None:
    """Tell the owner that a provider is a way in now."""
    person = queries.person_by_email(session, address)
    if person is None:
        return None
    text = CONNECTED.format(name=person.name, provider=settings.oidc_name)
    return Letter(address, f"Your account on Assay and {settings.oidc_name}", text)


LETTERS: dict[str, Writer] = {
    "register": register,
    "password": password,
    "password_changed": password_changed,
    "connected": connected,
}
