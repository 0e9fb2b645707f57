"""What the list says of each challenge, worked out once, so that a search only compares."""

from __future__ import annotations

from dataclasses import dataclass

from graders.package import FULL_SCORE, Package
from portal.searching import plain


@dataclass(frozen=True)
class Entry:
    """One challenge on the list, the same for everybody."""

    slug: str
    title: str
    summary: str
    level: str
    minutes: int
    topics: tuple[str, ...]
    question: str
    requirement_count: int
    points: int
    searched: str
    """Everything that a search looks at, as it is compared."""


def entry_of(package: Package) -> Entry:
    """The entry of one package."""
    described = package.description
    said = (described.title, package.summary, *described.topics, described.question)
    # A topic may be spelt `file-upload` and be looked for as two words.
    spaced = (topic.replace("-", " ").replace("_", " ") for topic in described.topics)
    return Entry(
        slug=package.slug,
        title=described.title,
        summary=package.summary,
        level=described.level,
        minutes=described.minutes,
        topics=tuple(described.topics),
        question=described.question,
        requirement_count=len(package.requirements),
        points=FULL_SCORE,
        searched=plain("\n".join((*said, *spaced))),
    )
