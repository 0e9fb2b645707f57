"""Prints the document for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

WIDTH = 40
RATIO_WORDS = {
    "engine_vs_host_pytest": "`assay grade`, handover to verdict / host pytest",
    "platform_vs_host_pytest": "platform / host pytest",
    "platform_vs_docker_pytest": "platform / docker run + pytest",
    "cpu_vs_docker_pytest": "platform's CPU / CPU of docker run + pytest",
    "burst_p95_vs_cpu": "p95 of a burst / what the CPU allows",
}
BURST_WORDS = {
    "p50": "POST to stored verdict, p50",
    "p95": "POST to stored verdict, p95",
    "cpu_seconds": "CPU per submission, whole cycle",
    "allowed": "what the CPU allows for all of them",
    "allowed_p95": "what the CPU allows, p95",
    "per_minute": "verdicts per minute",
}
STREAM_WORDS = {
    "open_seconds": "opening all of them",
    "idle_processors": "processors burnt while nothing happens",
    "memory_mb": "memory of the portal, MB",
    "descriptors": "open files of the portal",
    "verdict_to_event_p50": "verdict stored to event seen, p50",
    "verdict_to_event_p95": "verdict stored to event seen, p95",
}


def lines(document: dict[str, Any]) -> Iterator[str]:
    """The table, the ratios, where the time goes, and what is missing."""
    cpus, load = document["machine"]["cpus"], document["machine"]["load_average"][0]
    yield (
        f"{document['challenge']}, {document['rounds']} rounds on {cpus} processors, "
        f"load {load:g}; seconds"
    )
    yield ""
    yield f"{'way':<{WIDTH}} {'p50':>8} {'p95':>8} {'CPU':>8} {'own':>8} {'Docker':>8}"
    for row in document["rows"]:
        figures = ("p50", "p95", "cpu_seconds", "cpu_seconds_own", "cpu_seconds_docker")
        yield f"{row['title']:<{WIDTH}} " + " ".join(_shown(row[name]) for name in figures)
    yield ""
    for name, value in document["ratios"].items():
        yield f"{RATIO_WORDS[name]:<{WIDTH + 8}} {_shown(value)}"
    yield from _burst(document["burst"])
    titles = {row["way"]: row["title"] for row in document["rows"]}
    for way, parts in document["phases"].items():
        yield ""
        yield f"Where the time goes: {titles[way]}"
        yield from (f"  {name:<{WIDTH}} {_shown(value)}" for name, value in parts.items())
    yield from _pages(document["pages"])
    yield from _streams(document["streams"])
    yield from _notes(document)


def _burst(burst: dict[str, Any] | None) -> Iterator[str]:
    if burst is None:
        return
    yield ""
    yield f"{burst['size']} submissions at once"
    for name, words in BURST_WORDS.items():
        yield f"  {words:<{WIDTH}} {_shown(burst[name])}"
    yield f"  {'p95 when the pool has seen no burst yet':<{WIDTH}} {_shown(burst['unprepared']['p95'])}"


def _pages(found: dict[str, Any]) -> Iterator[str]:
    yield ""
    title = f"pages, {found['people']} people, {found['submissions']} submissions"
    yield f"{title:<{WIDTH}} {'p50':>8} {'p95':>8} {'CPU':>8}"
    for row in found["rows"]:
        mark = "" if row["within_goal"] else f"  (the goal is {found['goal']:g})"
        figures = " ".join(_shown(row[name]) for name in ("p50", "p95", "cpu_seconds"))
        yield f"  {row['page']:<{WIDTH - 2}} {figures}{mark}"


def _streams(found: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield f"{found['streams']} open event streams, of which {found['lost']} missed the end"
    for name, words in STREAM_WORDS.items():
        yield f"  {words:<{WIDTH}} {_shown(found[name])}"


def _notes(document: dict[str, Any]) -> Iterator[str]:
    for row in document["rows"]:
        if row["cpu_rounds"] < document["rounds"]:
            yield ""
            yield (
                f"CPU of {row['way']}: from {row['cpu_rounds']} of {document['rounds']} rounds. In "
                "the others the daemon's books could not be read, or it had other containers too."
            )
    if document["left_out"]:
        yield ""
        yield from document["left_out"]


def _shown(value: float | None) -> str:
    return f"{'-':>8}" if value is None else f"{value:>8.3f}"
