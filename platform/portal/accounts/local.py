"""The first person of a portal on their own machine: no sign-up, just a link on the terminal."""

from __future__ import annotations

from sqlalchemy.orm import Session, sessionmaker

from portal.accounts import queries, service
from portal.models import Role

FIRST_EMAIL = "you@assay.localhost"
FIRST_NAME = "You"
LINK_HOURS = 30 * 24


def first_person_link(sessions: sessionmaker[Session], base_url: str) -> str:
    """An address that signs the first admin in, for as long as this portal runs."""
    with sessions.begin() as session:
        person = queries.first_admin(session)
        if person is None:
            person = service.create_person(session, FIRST_EMAIL, Role.ADMIN, name=FIRST_NAME)
        token = service.make_sign_in_link(session, person, LINK_HOURS)
    return f"{base_url}/link/{token}"


def forget_links(sessions: sessionmaker[Session]) -> None:
    """What was printed stops working."""
    with sessions.begin() as session:
        service.revoke_sign_in_links(session)
