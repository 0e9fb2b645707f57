"""How figures are made of many measurements: medians, high percentiles and ratios."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def median(values: Iterable[float | None]) -> float | None:
    """The median of those that are known."""
    known = [value for value in values if value is not None]
    return rounded(statistics.median(known)) if known else None


def high(values: Sequence[float]) -> float:
    """The 95th percentile; with few rounds it lies just below the slowest of them."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def ratio(value: float | None, base: float | None) -> float | None:
    """How many times the base, if both are known."""
    return round(value / base, 3) if value is not None and base else None


def rounded(seconds: float) -> float:
    """To the tenth of a millisecond."""
    return round(seconds, 4)
