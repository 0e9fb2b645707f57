"""Turns samples into rows, ratios, the table and the JSON document."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.sample import Sample

Samples = Mapping[str, Sequence[Sample]]

ENGINE_PART = "handover to verdict"


def document(
    samples: Samples, titles: Mapping[str, str], left_out: Sequence[str]
) -> dict[str, Any]:
    """What goes to the JSON file: rows, ratios, where the time goes, and on what machine."""
    return {
        "rounds": max(len(each) for each in samples.values()),
        "machine": machine(),
        "rows": [row(name, titles[name], each) for name, each in samples.items()],
        "ratios": ratios(samples),
        "phases": {name: parts(each) for name, each in samples.items() if each[0].parts},
        "left_out": list(left_out),
    }


def row(name: str, title: str, samples: Sequence[Sample]) -> dict[str, Any]:
    """One way's figures; processor seconds only from the rounds in which they could be told."""
    seconds = [sample.seconds for sample in samples]
    told = [sample for sample in samples if sample.cpu_seconds is not None]
    return {
        "way": name,
        "title": title,
        "p50": rounded(statistics.median(seconds)),
        "p95": rounded(high(seconds)),
        "cpu_seconds": median(sample.cpu_seconds for sample in told),
        "cpu_seconds_own": median(sample.own_cpu_seconds for sample in told),
        "cpu_seconds_docker": median(sample.docker_cpu_seconds for sample in told),
        "cpu_rounds": len(told),
        "seconds": [rounded(each) for each in seconds],
    }


def ratios(samples: Samples) -> dict[str, float | None]:
    """Medians against medians; `None` where one of the two ways was left out.

    The engine's time begins when the box is handed the files; the processor time is that of a
    whole submission to the platform, the making and removal of its box included.
    """
    typical = {name: median(sample.seconds for sample in each) for name, each in samples.items()}
    burnt = {name: median(sample.cpu_seconds for sample in each) for name, each in samples.items()}
    engine = parts(samples.get("assay_cold", ())).get(ENGINE_PART)
    host, docker = typical.get("host_pytest"), typical.get("docker_pytest")
    return {
        "engine_vs_host_pytest": ratio(engine, host),
        "platform_vs_host_pytest": ratio(typical.get("platform"), host),
        "platform_vs_docker_pytest": ratio(typical.get("platform"), docker),
        "cpu_vs_docker_pytest": ratio(burnt.get("platform"), burnt.get("docker_pytest")),
    }


def parts(samples: Sequence[Sample]) -> dict[str, float]:
    """The median of each phase."""
    names = samples[0].parts if samples else ()
    return {name: rounded(statistics.median(s.parts[name] for s in samples)) for name in names}


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "cpus": os.cpu_count(),
        "load_average": [round(each, 2) for each in os.getloadavg()],
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


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
