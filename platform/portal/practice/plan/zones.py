"""The time zones that a plan can be kept in: those that people live in, and UTC."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

UTC = "UTC"
REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"),
    *("Indian", "Pacific"),
)


@cache
def zones() -> frozenset[str]:
    """Every name that can be chosen."""
    named = {name for name in available_timezones() if name.partition("/")[0] in REGIONS}
    return frozenset({UTC, *(name for name in named if "/" in name)})


@cache
def by_region() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same for a list to choose from, without UTC."""
    names = sorted(zones() - {UTC})
    grouped = groupby(names, key=lambda name: name.partition("/")[0])
    return tuple((region, tuple(some)) for region, some in grouped)
