"""The fairness card in words: what ran, with which limits, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.models import Submission

LIMITS = {
    "start_seconds": ("Start-up", "s"),
    "test_seconds": ("One check", "s"),
    "suite_seconds": ("All checks together", "s"),
    "cpu_seconds": ("Processor time of one check", "s"),
    "memory_mb": ("Memory", "MB"),
    "processes": ("Processes and threads", ""),
    "output_kb": ("Output", "kB"),
}
USED = {
    "memory_peak_mb": ("Memory used at most", "MB"),
    "cpu_seconds": ("Processor time used", "s"),
    "processes_peak": ("Processes and threads at most", ""),
}


@dataclass(frozen=True)
class FairnessView:
    """Labels and values, in reading order."""

    rows: list[tuple[str, str]]


def view(row: Submission) -> FairnessView:
    """The card of a finished submission."""
    facts: Mapping[str, Any] = (row.result or {}).get("fairness") or {}
    return FairnessView([*_what(row, facts), *_figures(facts), *_moments(row)])


def _what(row: Submission, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Challenge version", str(row.challenge_version)
    yield "Challenge digest", row.challenge_digest
    for key, label in (
        ("sandbox", "Sandbox"),
        ("image", "Image digest"),
        ("python", "Python"),
        ("fastapi", "FastAPI"),
    ):
        if facts.get(key):
            yield label, str(facts[key])
    yield "Seed of random inputs", str(row.seed)
    yield "Attempts", str(row.attempts)


def _figures(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, (label, unit) in LIMITS.items():
        if key in facts.get("limits", {}):
            yield f"Limit: {label.lower()}", f"{facts['limits'][key]:g} {unit}".strip()
    for key, (label, unit) in USED.items():
        if facts.get("used", {}).get(key) is not None:
            yield label, f"{facts['used'][key]:g} {unit}".strip()


def _moments(row: Submission) -> Iterator[tuple[str, str]]:
    moments: dict[str, datetime | None] = {
        "Submitted": row.submitted_at,
        "Queued": row.nudged_at,
        "Started": row.started_at,
        "App ready": row.app_ready_at,
        "Examined": row.examined_at,
        "Stored": row.stored_at,
    }
    for label, moment in moments.items():
        if moment is not None:
            yield label, moment.isoformat(sep=" ", timespec="milliseconds")
