"""Certificates in the browser: made and revoked by their owner, read by anybody with the address."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from portal.accounts.identity import OptionalPerson, PagePerson
from portal.catalog.library import library_of
from portal.certificates import queries, service
from portal.certificates.facts import FACTS, Facts
from portal.certificates.service import TOKEN_PATTERN
from portal.database import RequestSession
from portal.errors import found
from portal.models import Certificate, utc_now
from portal.practice.mock import queries as mocks
from portal.practice.mock import results
from portal.printing import site_address
from portal.render import page
from portal.sittings.clock import is_over

router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(pattern=TOKEN_PATTERN)]
UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}


@dataclass(frozen=True)
class CertificatePage:
    """The page; its owner may revoke it there."""

    token: str
    site: str
    made_at: str
    facts: Facts
    sitting_id: str | None
    """The report, for its owner alone."""


@router.post("/mock-interviews/{sitting_id}/certificate", name="certificates:create")
def create(
    request: Request, sitting_id: uuid.UUID, person: PagePerson, session: RequestSession
) -> Response:
    row, now = found(mocks.of_person(session, person.id, sitting_id)), utc_now()
    if not is_over(row.sitting, now):
        raise service.NotYet("This interview is still under way. End it first.")
    new = Certificate(
        token=service.new_token(), sitting_id=sitting_id, person_id=person.id, made_at=now
    )
    view = results.view(session, row, library_of(request).get)
    made = service.make(session, new, view, person.name)
    return RedirectResponse(f"/certificates/{made.token}", status_code=303)


@router.get("/certificates/{token}", name="certificates:detail")
def detail(
    request: Request, token: Token, person: OptionalPerson, session: RequestSession
) -> Response:
    row = found(queries.by_token(session, token))
    if row.revoked_at is not None:
        return page(request, "certificates/revoked.html", status_code=410, headers=UNLISTED)
    is_owner = person is not None and person.id == row.person_id
    view = CertificatePage(
        token=row.token,
        site=site_address(request.app.state.settings),
        made_at=row.made_at.isoformat(),
        facts=FACTS.validate_python(row.facts),
        sitting_id=str(row.sitting_id) if is_owner else None,
    )
    return page(request, "certificates/detail.html", headers=UNLISTED, certificate=view)


@router.post("/certificates/{token}/revoke", name="certificates:revoke")
def revoke(request: Request, token: Token, person: PagePerson, session: RequestSession) -> Response:
    row = queries.by_token(session, token)
    mine = found(row if row and row.person_id == person.id else None)
    service.revoke(mine, utc_now())
    return RedirectResponse(f"/mock-interviews/{mine.sitting_id}/report", status_code=303)
