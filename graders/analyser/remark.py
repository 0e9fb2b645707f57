"""What a remark is: an advice that is written once, and the places in the code that it is about."""

import enum
from dataclasses import dataclass

LONGEST_SUBJECT = 60


class Weight(enum.StrEnum):
    """How much a remark matters, the most important first."""

    ESSENTIAL = "essential"
    ACTIONABLE = "actionable"
    INFORMATIVE = "informative"
    CELEBRATORY = "celebratory"


@dataclass(frozen=True, slots=True)
class Advice:
    """What is said: what it is, why it matters and what to do; `{subject}` is what was found."""

    name: str
    weight: Weight
    title: str
    text: str
    link: str
    link_title: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that an advice is about."""

    advice: Advice
    file: str
    line: int
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """One advice with its places, ready to be shown."""

    name: str
    weight: Weight
    title: str
    text: str
    link: str
    link_title: str
    example: str
    places: tuple[Place, ...]
    more_places: int


def made_of(advice: Advice, findings: list[Finding], most_places: int) -> Remark:
    """The advice for all of its findings; the first one gives it its subject."""
    places = list(dict.fromkeys(Place(each.file, each.line) for each in findings))
    subject = findings[0].subject[:LONGEST_SUBJECT]
    return Remark(
        name=advice.name,
        weight=advice.weight,
        title=advice.title,
        text=advice.text.replace("{subject}", subject),
        link=advice.link,
        link_title=advice.link_title,
        example=advice.example,
        places=tuple(places[:most_places]),
        more_places=max(0, len(places) - most_places),
    )
