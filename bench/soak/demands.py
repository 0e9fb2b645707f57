"""What must hold for every submission, one complaint per line when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.soak.mix import Case


def complaints(case: Case, row: dict[str, Any]) -> Iterator[str]:
    """Everything that is wrong with one answer of the platform."""
    name = f"{row['id']} ({case.slug}, {case.name})"
    for complaint in _about(case, row):
        yield f"{name}: {complaint}"


def _about(case: Case, row: dict[str, Any]) -> Iterator[str]:
    if row["state"] != "done":
        yield f"it has no verdict, it is still {row['state']}"
        return
    if row["verdict"] != case.verdict:
        yield f"the verdict is {row['verdict']}, not {case.verdict}: {row['message']}"
    if row["score"] != case.score:
        yield f"the score is {row['score']}, not {case.score}"
    if row["attempts"] != 1:
        yield f"it took {row['attempts']} attempts"
    earned = sum(part["earned"] for part in row["requirements"])
    if earned != row["score"]:
        yield f"the requirements have {earned} points, the score is {row['score']}"
    lost = {part["name"] for part in row["requirements"] if part["earned"] < part["points"]}
    if case.lost is not None and lost != case.lost:
        yield f"it lost {sorted(lost)}, not {sorted(case.lost)}"
    statuses = {part["name"]: part["status"] for part in row["requirements"]}
    for part, allowed in case.statuses.items():
        if statuses.get(part) not in allowed:
            yield f"{part} is {statuses.get(part)}, not {' or '.join(allowed)}"
