"""What the address asks the list for; whatever it does not understand is left out, and it says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from graders.description import LEVELS
from portal.catalog.entries import Entry
from portal.searching import MAX_SEARCH_CHARACTERS

STATES = {"new": "Not tried yet", "tried": "Tried, not solved", "solved": "Solved"}
MINUTES = {"15": "15 minutes or less", "30": "30 minutes or less", "60": "An hour or less"}
SORTS = {"minutes": "Shortest first", "title": "By title"}
LONGEST_SHOWN = 40
NAMES = {
    "q": "search",
    "level": "level",
    "topic": "topic",
    "state": "state",
    "minutes": "length",
    "sort": "order",
}


@dataclass(frozen=True)
class Filters:
    """One value for each part of the form; empty means everything."""

    q: str = ""
    level: str = ""
    topic: str = ""
    state: str = ""
    minutes: str = ""
    sort: str = ""

    @property
    def active(self) -> dict[str, str]:
        """Those that leave something out."""
        return {name: value for name, value in asdict(self).items() if value and name != "sort"}

    @property
    def query(self) -> str:
        """These filters as the end of an address, with a question mark if there is any."""
        given = {name: value for name, value in asdict(self).items() if value}
        return f"?{urlencode(given)}" if given else ""

    def without(self, name: str) -> Filters:
        """The same, but for one part that now takes everything."""
        return replace(self, **{name: ""})


@dataclass(frozen=True)
class Choice:
    """A value that a part of the form can take, and how many challenges it fits."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class Choices:
    """All that can be chosen, in the order of the form."""

    level: list[Choice]
    topic: list[Choice]
    state: list[Choice]
    minutes: list[Choice]
    sort: list[Choice]

    def label(self, name: str, value: str) -> str:
        """How the form shows a value."""
        if name == "q":
            return f"“{value}”"
        choices: list[Choice] = getattr(self, name)
        return next(choice.label for choice in choices if choice.value == value)


def choices_of(entries: Sequence[Entry], *, signed_in: bool) -> Choices:
    """What these challenges can be filtered by; only somebody has tried or solved any."""
    levels = [name for name in LEVELS if any(entry.level == name for entry in entries)]
    topics = sorted({topic for entry in entries for topic in entry.topics})
    return Choices(
        level=[
            Choice(name, name.capitalize(), sum(entry.level == name for entry in entries))
            for name in levels
        ],
        topic=[
            Choice(name, name, sum(name in entry.topics for entry in entries)) for name in topics
        ],
        state=_choices(STATES) if signed_in else [],
        minutes=_choices(MINUTES),
        sort=_choices(SORTS),
    )


def read_filters(params: QueryParams, choices: Choices) -> tuple[Filters, list[str]]:
    """The filters of an address, and a sentence for everything in it that was not understood."""
    remarks: list[str] = []
    values: dict[str, str] = {}
    for name, called in NAMES.items():
        given = [value.strip() for value in params.getlist(name)]
        given = list(dict.fromkeys(value for value in given if value))
        if len(given) > 1:
            remarks.append(f"The address names more than one {called}; the first one counts.")
        if given:
            values[name] = given[0]
    if len(values.get("q", "")) > MAX_SEARCH_CHARACTERS:
        values["q"] = values["q"][:MAX_SEARCH_CHARACTERS].strip()
        remarks.append(
            f"A search has at most {MAX_SEARCH_CHARACTERS} characters; the rest was left out."
        )
    for name in [name for name in values if name != "q"]:
        known: list[Choice] = getattr(choices, name)
        if values[name] not in {choice.value for choice in known}:
            remarks.append(_unknown(name, values.pop(name), known))
    return Filters(**values), remarks


def _unknown(name: str, value: str, known: Iterable[Choice]) -> str:
    if name == "state" and value in STATES:
        return "Sign in to filter by what you have tried or solved; all challenges are shown."
    shown = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
    told = ", ".join(choice.value for choice in known)
    return f"There is no {NAMES[name]} “{shown}”, so it was left out. There is: {told}."


def _choices(labels: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, label) for value, label in labels.items()]
