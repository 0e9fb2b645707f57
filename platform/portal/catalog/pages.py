"""The list of challenges, and what a search leaves of it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from portal.accounts.identity import OptionalPerson, PersonView
from portal.catalog.filters import Choices, Filters, choices_of, read_filters
from portal.catalog.library import library_of
from portal.catalog.listing import Listing, listing
from portal.database import RequestSession
from portal.paths import HOME
from portal.render import page
from portal.searching import MAX_SEARCH_CHARACTERS
from portal.submissions import queries

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Catalog:
    """The form with what is chosen in it, and the results."""

    filters: Filters
    choices: Choices
    listing: Listing
    max_search: int = MAX_SEARCH_CHARACTERS


@router.get("/", name="catalog:home")
def home() -> Response:
    return RedirectResponse(HOME, status_code=307)


@router.get("/challenges", name="catalog:index")
def index(request: Request, person: OptionalPerson, session: RequestSession) -> Response:
    return page(request, "catalog/index.html", catalog=_catalog(request, person, session))


@router.get("/catalog/results", name="catalog:results")
def results(request: Request, person: OptionalPerson, session: RequestSession) -> Response:
    return page(request, "catalog/_results.html", catalog=_catalog(request, person, session))


def _catalog(request: Request, person: PersonView | None, session: Session) -> Catalog:
    entries = library_of(request).entries
    choices = choices_of(entries, signed_in=person is not None)
    filters, remarks = read_filters(request.query_params, choices)
    best = {b.challenge: b for b in queries.best_scores(session, person.id)} if person else {}
    return Catalog(filters, choices, listing(entries, best, filters, choices, remarks))
