"""Turns samples into rows, ratios, the table and the JSON document."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from bench import burst
from bench.burst import Burst
from bench.figures import high, median, ratio, rounded
from bench.sample import Sample

Samples = Mapping[str, Sequence[Sample]]


def document(
    challenge: str,
    samples: Samples,
    titles: Mapping[str, str],
    bursts: Sequence[Burst],
    left_out: Sequence[str],
) -> dict[str, Any]:
    """What goes to the JSON file: rows, ratios, where the time goes, and on what machine.

    The first of `bursts` came before the pool had seen any.
    """
    crowded = burst.summarised(bursts[0], bursts[1:]) if bursts else None
    return {
        "challenge": challenge,
        "rounds": max(len(each) for each in samples.values()),
        "machine": machine(),
        "rows": [row(name, titles[name], each) for name, each in samples.items()],
        "ratios": ratios(samples)
        | {"burst_p95_vs_cpu": crowded["p95_vs_cpu"] if crowded else None},
        "burst": crowded,
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

    The engine's time is that of `assay grade`, from the handover of the files to the verdict; the
    processor time is that of a whole submission to the platform, the making and removal of its
    box included.
    """
    typical = {name: median(sample.seconds for sample in each) for name, each in samples.items()}
    burnt = {name: median(sample.cpu_seconds for sample in each) for name, each in samples.items()}
    host, docker = typical.get("host_pytest"), typical.get("docker_pytest")
    return {
        "engine_vs_host_pytest": ratio(typical.get("assay_grade"), host),
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
