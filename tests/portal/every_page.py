"""Every page of the site, found by walking its routes: what is added is looked at as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from portal.database import reading
from portal.demo import service
from portal.demo.stage import Size
from portal.models import Person, Submission, utc_now
from tests.clients import TestClient
from tests.portal.every_address import addresses
from tests.portal.handed_in import SLUG, done, hand_in, running

NOWHERE = "/nowhere"
SMALL = Size(4, 60)
# A stream, and documents that take seconds to make.
NO_PAGES = ("/events", ".pdf")
# Verdicts that demo people seldom earn, but whose pages look different.
SELDOM = ("crashed", "timed_out", "platform_error")


def fill(app: FastAPI, size: Size = SMALL) -> Person:
    """Demo data as `assay demo` makes it; returns the person who practises most."""
    sessions: sessionmaker[Session] = app.state.sessions
    with sessions.begin() as session:
        service.fill(session, list(app.state.library), size, utc_now())
        busiest = session.scalars(select(Person).order_by(Person.created_at, Person.email)).first()
    assert busiest is not None
    return busiest


def of_every_kind(sessions: sessionmaker[Session], person: Person) -> list[Submission]:
    """One of their submissions of each look: live ones, rare ones, then each verdict there is."""
    for verdict in SELDOM:
        hand_in(sessions, person, **done(verdict))
    hand_in(sessions, person, **running("examining"))
    hand_in(sessions, person)
    with reading(sessions) as session:
        mine = select(Submission).where(
            Submission.person_id == person.id, Submission.challenge == SLUG
        )
        rows = session.scalars(mine.order_by(Submission.submitted_at)).all()
    looks = {(row.kind, row.state, row.verdict): row for row in rows}
    return list(looks.values())


def page_addresses(
    app: FastAPI, client: TestClient, rows: Sequence[Submission]
) -> Iterator[tuple[str, str]]:
    """Address and text of every whole page that this browser is shown, and of one error page."""
    for method, address in [*addresses(app, rows, safe=True), ("GET", NOWHERE)]:
        if method != "GET" or "?" in address or address.startswith("/static/"):
            continue
        if address.endswith(NO_PAGES):
            continue
        answer = client.get(address)
        is_page = "<html" in answer.text and answer.status_code in {200, 404}
        if is_page and answer.headers["content-type"].startswith("text/html"):
            yield address, answer.text
