"""Whose day it is: moments become days in a person's own time zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

COOKIE = "assay_zone"
"""Set by our own script, on every page, to what the browser calls its time zone."""
UTC_NAME = "UTC"


@dataclass(frozen=True)
class Zone:
    """The zone that days are counted in, and whether the browser has named it."""

    info: ZoneInfo
    is_told: bool

    @property
    def key(self) -> str:
        """Its name as programs know it."""
        return self.info.key

    @property
    def name(self) -> str:
        """Its name in words."""
        return self.key.replace("_", " ")

    def day(self, moment: datetime) -> date:
        """The day on the person's own calendar, whatever the clocks there did that night."""
        return moment.astimezone(self.info).date()

    def days(self, moments: Iterable[datetime]) -> Counter[date]:
        """How many of these moments fall on each day."""
        return Counter(map(self.day, moments))


def zone_of(told: str | None) -> Zone:
    """The zone of this name; anything that is not the name of one counts as not told."""
    if told is not None and told in known_zones():
        return Zone(ZoneInfo(told), is_told=True)
    return Zone(ZoneInfo(UTC_NAME), is_told=False)


@cache
def known_zones() -> frozenset[str]:
    """Every name there is: what comes with a cookie is compared, never looked for as a file."""
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8")
    return frozenset(listed.split())
