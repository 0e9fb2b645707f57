"""Which versions of a draft are kept: all recent ones, then one for every ten minutes of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

RECENT_KEPT = 50
SLOT_SECONDS = 600
VERSIONS_KEPT = 150
BYTES_KEPT = 4_000_000
KEPT_IN_WORDS = (
    f"The last {RECENT_KEPT} versions are kept, and before them one for every "
    f"{SLOT_SECONDS // 60} minutes: at most {VERSIONS_KEPT} versions and "
    f"{BYTES_KEPT // 1_000_000} MB for a challenge."
)


class Kept(NamedTuple):
    """A stored version without its code; `typed` ones are the many that typing makes."""

    version: int
    saved_at: datetime
    size: int
    typed: bool


def superfluous(versions: Sequence[Kept], head: int) -> list[int]:
    """The numbers that may go, of versions with the newest first; never `head` or the newest."""
    chosen = list(_chosen(versions))
    fits = set(_that_fit(chosen[:VERSIONS_KEPT])) | {head}
    fits |= {each.version for each in versions[:1]}
    return [each.version for each in versions if each.version not in fits]


def _chosen(versions: Sequence[Kept]) -> Iterator[Kept]:
    slots = set()
    for place, each in enumerate(versions):
        slot = int(each.saved_at.timestamp()) // SLOT_SECONDS
        if place < RECENT_KEPT or not each.typed or slot not in slots:
            yield each
        slots.add(slot)


def _that_fit(versions: Sequence[Kept]) -> Iterator[int]:
    total = 0
    for each in versions:
        total += each.size
        if total > BYTES_KEPT:
            return
        yield each.version
