"""What of a stored result its owner may read; the rest is for authors, or would give checks away."""

from __future__ import annotations

from typing import Any

from portal.models import Kind, Submission


def output(row: Submission) -> str | None:
    """What the app printed: of a run, or of a start that failed.

    During the hidden checks the app sees hidden requests; what it prints then stays with us.
    """
    result = row.result or {}
    if row.kind is Kind.RUN or result.get("message"):
        return result.get("output") or None
    return None


def fairness(row: Submission) -> dict[str, Any] | None:
    """The card without the author's internal reason for a broken challenge."""
    card = (row.result or {}).get("fairness")
    return {k: v for k, v in card.items() if k != "reason"} if card else None


def result(row: Submission) -> dict[str, Any] | None:
    """Everything of the result that pages and API tell as well."""
    if row.result is None:
        return None
    told = {key: row.result.get(key) for key in ("message", "requirements", "timing")}
    return told | {"output": output(row), "fairness": fairness(row)}
