"""The list as its reader asked for it: which challenges, in which order, and what to loosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from graders.package import FULL_SCORE
from portal.catalog.entries import Entry
from portal.catalog.filters import Choices, Filters
from portal.searching import plain, words_of
from portal.submissions.queries import Best

State = Literal["new", "tried", "solved"]


@dataclass(frozen=True)
class Card:
    """One challenge on the list, and how far its reader got with it."""

    entry: Entry
    state: State
    best_score: int | None


@dataclass(frozen=True)
class Group:
    """Challenges under one heading; without one when another order than by level was wished."""

    name: str
    title: str
    cards: list[Card]
    total: int
    """How many there would be without any filter."""


@dataclass(frozen=True)
class Loosened:
    """What would be found without one of the filters."""

    label: str
    query: str
    count: int


@dataclass(frozen=True)
class Listing:
    """Everything that the results show."""

    groups: list[Group]
    found: int
    total: int
    solved: int
    is_filtered: bool
    remarks: list[str]
    loosened: list[Loosened]


def listing(
    entries: Sequence[Entry],
    best: Mapping[str, Best],
    filters: Filters,
    choices: Choices,
    remarks: list[str],
) -> Listing:
    """What these filters leave of the list."""
    cards = [_card(entry, best.get(entry.slug)) for entry in entries]
    found = [card for card in cards if _fits(card, filters)]
    return Listing(
        groups=_groups(found, cards, filters.sort),
        found=len(found),
        total=len(cards),
        solved=sum(card.state == "solved" for card in cards),
        is_filtered=bool(filters.active),
        remarks=remarks,
        loosened=[] if found else list(_loosened(cards, filters, choices)),
    )


def _card(entry: Entry, best: Best | None) -> Card:
    if best is None:
        return Card(entry, "new", None)
    return Card(entry, "solved" if best.score == FULL_SCORE else "tried", best.score)


def _fits(card: Card, filters: Filters) -> bool:
    entry = card.entry
    return (
        all(word in entry.searched for word in words_of(filters.q))
        and filters.level in ("", entry.level)
        and (not filters.topic or filters.topic in entry.topics)
        and filters.state in ("", card.state)
        and (not filters.minutes or entry.minutes <= int(filters.minutes))
    )


def _groups(found: Sequence[Card], cards: Sequence[Card], sort: str) -> list[Group]:
    if not found:
        return []
    if sort == "minutes":
        ordered = sorted(found, key=lambda card: card.entry.minutes)
        return [Group("found", "", ordered, len(cards))]
    if sort == "title":
        ordered = sorted(found, key=lambda card: plain(card.entry.title))
        return [Group("found", "", ordered, len(cards))]
    by_level = groupby(found, key=lambda card: card.entry.level)
    return [
        Group(name, name.capitalize(), list(some), sum(c.entry.level == name for c in cards))
        for name, some in by_level
    ]


def _loosened(cards: Sequence[Card], filters: Filters, choices: Choices) -> Iterator[Loosened]:
    """Each filter that alone stands in the way."""
    for name, value in filters.active.items():
        looser = filters.without(name)
        count = sum(_fits(card, looser) for card in cards)
        if count:
            yield Loosened(choices.label(name, value), looser.query, count)
