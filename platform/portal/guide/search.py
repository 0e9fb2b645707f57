"""Searches the guide: which pages have all the words, where, and in which sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.guide.book import GuidePage
from portal.markdown import Section
from portal.searching import plain, words_of

BEFORE_CHARACTERS, AFTER_CHARACTERS = 70, 150
TITLE_WEIGHT, HEADING_WEIGHT = 20, 3


@dataclass(frozen=True)
class Piece:
    """A part of a text; `is_found` where it is one of the words that were looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Found:
    """A page that fits, and the place in it that fits best."""

    page: GuidePage
    title: list[Piece]
    heading: str | None
    anchor: str
    excerpt: list[Piece]


def search(pages: Sequence[GuidePage], asked: str) -> list[Found]:
    """The pages that have every word, the most fitting first."""
    words = words_of(asked)
    fits = [(_weight(page, words), page) for page in pages if words]
    ordered = sorted((each for each in fits if each[0]), key=lambda each: -each[0])
    return [_found(page, words) for _, page in ordered]


def _weight(page: GuidePage, words: Sequence[str]) -> int:
    """How well a page fits; nothing if a word is missing."""
    title = plain(" ".join((page.title, page.question, *page.topics)))
    sections = page.document.sections
    headings = plain(" ".join(section.heading.title for section in sections if section.heading))
    body = plain(" ".join(section.text for section in sections))
    weights = [
        TITLE_WEIGHT * title.count(word) + HEADING_WEIGHT * headings.count(word) + body.count(word)
        for word in words
    ]
    return sum(weights) if all(weights) else 0


def _found(page: GuidePage, words: Sequence[str]) -> Found:
    best = max(page.document.sections, key=lambda section: _hits(section, words))
    heading = best.heading
    return Found(
        page=page,
        title=list(_pieces(page.plain_title, words)),
        heading=heading.title if heading else None,
        anchor=f"#{heading.anchor}" if heading and _hits(best, words) > (0, 0) else "",
        excerpt=list(_pieces(_excerpt(best.text, words), words)),
    )


def _hits(section: Section, words: Sequence[str]) -> tuple[int, int]:
    """How many of the words a section has, and how often."""
    text = plain(section.text)
    counts = [text.count(word) for word in words]
    return sum(map(bool, counts)), sum(counts)


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The text round the first word that is found, cut between words."""
    line = " ".join(text.split())
    first = _pattern(words).search(line)
    place = first.start() if first else 0
    start, end = max(0, place - BEFORE_CHARACTERS), place + AFTER_CHARACTERS
    if start:
        start = line.find(" ", start) + 1
    cut = line[start:end]
    if end < len(line):
        cut = cut.rpartition(" ")[0] + " …"
    return f"… {cut}" if start else cut


def _pieces(text: str, words: Sequence[str]) -> Iterator[Piece]:
    for place, part in enumerate(_pattern(words).split(text)):
        if part:
            yield Piece(part, is_found=place % 2 == 1)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(map(re.escape, words))})", re.IGNORECASE)
