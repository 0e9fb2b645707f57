"""The pages of the guide in the order of their questions, read when they are first asked for."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cached_property

from fastapi import Request
from markupsafe import Markup

from graders.description import LEVELS
from graders.errors import BrokenPackage
from graders.package import Package
from portal.catalog.library import Library
from portal.errors import BeingRepaired, NotFound
from portal.markdown import Document, read_document, render

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class GuidePage:
    """An interview question with its answer, and the challenge that practises it."""

    slug: str
    question: str
    level: str
    challenge: str
    minutes: int
    topics: tuple[str, ...]
    text: str
    document: Document

    @property
    def title(self) -> str:
        """The question itself; backticks in it mark code."""
        return self.document.title

    @property
    def plain_title(self) -> str:
        """The question where no code can be marked."""
        return self.title.replace("`", "")

    @property
    def html_without_anchors(self) -> Markup:
        """The answer for a document of several pages, in which no id may come twice."""
        return render(self.text)

    @property
    def lead(self) -> str:
        """The first sentences of the answer."""
        body = next((section.text for section in self.document.sections if section.text), "")
        return body.partition("\n")[0]


class Book:
    """Every page of the guide."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def pages(self) -> list[GuidePage]:
        """All pages in order; one that is broken is left out, and the log says which."""
        packages = sorted(self._library, key=_order)
        return [page for page in map(_read, packages) if page]

    def get(self, slug: str) -> GuidePage:
        """The page on the question of a challenge."""
        self._library.get(slug)
        found = next((page for page in self.pages if page.slug == slug), None)
        if found is None:
            raise BeingRepaired(
                "This page of the guide is being repaired. The challenge itself works."
            )
        return found

    def neighbours(self, page: GuidePage) -> tuple[GuidePage | None, GuidePage | None]:
        """The page before and the page after."""
        place = self.pages.index(page)
        before = self.pages[place - 1] if place else None
        return before, self.pages[place + 1] if place + 1 < len(self.pages) else None


def book_of(request: Request) -> Book:
    """The guide of the portal that answers this request; a portal without pages has none."""
    book: Book = request.app.state.book
    if not book.pages:
        raise NotFound("The guide has no pages yet. They come with the challenges.")
    return book


def _order(package: Package) -> tuple[int, list[int]]:
    described = package.description
    numbers = [int(digits) for digits in re.findall(r"\d+", described.question)]
    return LEVELS.index(described.level), numbers


def _read(package: Package) -> GuidePage | None:
    try:
        text = package.guide
    except BrokenPackage as error:
        logger.error("A page of the guide cannot be shown: %s", error)
        return None
    described = package.description
    return GuidePage(
        slug=package.slug,
        question=described.question,
        level=described.level,
        challenge=described.title,
        minutes=described.minutes,
        topics=tuple(described.topics),
        text=text,
        document=read_document(text),
    )
