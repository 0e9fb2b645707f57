"""The guide in the browser: its contents, its search, and each page of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Request, Response

from portal.guide.book import Book, GuidePage, book_of
from portal.guide.search import Found, search
from portal.render import page
from portal.searching import MAX_SEARCH_CHARACTERS, words_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Level:
    """The pages of one level."""

    title: str
    pages: list[GuidePage]


@dataclass(frozen=True)
class Contents:
    """The list of all pages, or what a search has found in them."""

    asked: str
    is_search: bool
    was_cut: bool
    found: list[Found]
    levels: list[Level]
    page_count: int
    max_search: int = MAX_SEARCH_CHARACTERS


@dataclass(frozen=True)
class Reading:
    """One page with the way to the next."""

    page: GuidePage
    before: GuidePage | None
    after: GuidePage | None


@router.get("/guide", name="guide:index")
def index(request: Request) -> Response:
    return page(request, "guide/index.html", contents=_contents(request))


@router.get("/guide/search/results", name="guide:results")
def results(request: Request) -> Response:
    return page(request, "guide/_results.html", contents=_contents(request))


@router.get("/guide/{slug}", name="guide:detail")
def detail(request: Request, slug: str) -> Response:
    book = book_of(request)
    found = book.get(slug)
    before, after = book.neighbours(found)
    return page(request, "guide/detail.html", reading=Reading(found, before, after))


def levels_of(book: Book) -> list[Level]:
    """All pages by their level."""
    grouped = groupby(book.pages, key=lambda each: each.level)
    return [Level(name.capitalize(), list(pages)) for name, pages in grouped]


def _contents(request: Request) -> Contents:
    book = book_of(request)
    asked = request.query_params.get("q", "").strip()
    cut = asked[:MAX_SEARCH_CHARACTERS].strip()
    return Contents(
        asked=cut,
        is_search=bool(words_of(cut)),
        was_cut=cut != asked,
        found=search(book.pages, cut),
        levels=levels_of(book),
        page_count=len(book.pages),
    )
