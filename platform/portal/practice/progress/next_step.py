"""The one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graders.package import Package
from portal.practice.progress.mastery import Mastery
from portal.practice.progress.stations import Station

Kind = Literal["begin", "go_on", "new", "all_solved"]


@dataclass(frozen=True)
class NextStep:
    """What to do, and with which challenge; without one when all are solved."""

    kind: Kind
    station: Station | None = None
    minutes: int = 0
    missing: tuple[str, ...] = ()


def next_step(
    packages: Sequence[Package],
    stations: Mapping[str, Station],
    tried: Sequence[str],
    mastery: Mastery,
) -> NextStep:
    """The step for who has tried these challenges, the latest first."""
    kind, slug = choose(list(stations.values()), tried)
    package = next((each for each in packages if each.slug == slug), None)
    if package is None:
        return NextStep(kind)
    missing = tuple(mastery.missing(package)) if kind == "go_on" else ()
    return NextStep(kind, stations[package.slug], package.description.minutes, missing)


def choose(stations: Sequence[Station], tried: Sequence[str]) -> tuple[Kind, str | None]:
    """What was tried last as long as it is not solved, then what is new, then what was left."""
    unsolved = {each.slug for each in stations if each.state != "solved"}
    open_ones = [slug for slug in tried if slug in unsolved]
    if open_ones and open_ones[0] == tried[0]:
        return "go_on", open_ones[0]
    new = [each.slug for each in stations if each.slug in unsolved and each.slug not in tried]
    if new:
        return ("new" if tried else "begin"), new[0]
    return ("go_on", open_ones[0]) if open_ones else ("all_solved", None)
