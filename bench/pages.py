"""How long the portal takes for each page, with 1,000 people and 10,000 submissions in its database."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import httpx
from sqlalchemy import select

from bench import processor
from bench.errors import BenchError
from bench.figures import high, median
from bench.portal_alone import PortalAlone
from portal.models import Kind, Person, Submission

PEOPLE = 1_000
SUBMISSIONS = 10_000
VISITORS = 10
ROUNDS = 5
REQUESTS = 5
"""Of one page by one visitor in one round."""
GOAL_SECONDS = 0.03

Crowd = list[tuple[httpx.Client, Mapping[str, str]]]


class Round(NamedTuple):
    """All requests for one page: how long each took, and what one burnt in the portal."""

    seconds: list[float]
    cpu_seconds: float


def main() -> int:
    """Measure and print; returns the exit code."""
    portal = PortalAlone(PEOPLE, SUBMISSIONS)
    try:
        print(json.dumps(measure(portal), indent=2))
    finally:
        portal.close()
    return 0


def measure(portal: PortalAlone) -> dict[str, Any]:
    """Each page in turn, round after round, one request at a time; the median of the rounds."""
    crowd = _crowd(portal)
    names = list(crowd[0][1])
    try:
        # The first round fills caches and is not counted.
        rounds = [{name: _round(portal, crowd, name) for name in names} for _ in range(ROUNDS + 1)]
    finally:
        for client, _pages in crowd:
            client.close()
    return {
        "people": PEOPLE,
        "submissions": SUBMISSIONS,
        "goal": GOAL_SECONDS,
        "rows": [_row(name, [measured[name] for measured in rounds[1:]]) for name in names],
    }


def _round(portal: PortalAlone, crowd: Crowd, name: str) -> Round:
    """Everybody goes to one page some times."""
    burnt = processor.tree_seconds(portal.process.pid)
    seconds = [each for client, pages in crowd for each in _seconds(client, pages[name])]
    return Round(seconds, (processor.tree_seconds(portal.process.pid) - burnt) / len(seconds))


def _crowd(portal: PortalAlone) -> Crowd:
    """The busiest people and some others, each with their own pages."""
    people = portal.people()
    chosen = [*people[:2], *people[2 :: len(people) // (VISITORS - 2)]][:VISITORS]
    return [(portal.browser(person), _pages(portal, person)) for person in chosen]


def _pages(portal: PortalAlone, person: Person) -> dict[str, str]:
    """The pages that one visitor goes to, by the names of their routes."""
    mine = select(Submission).where(
        Submission.person_id == person.id, Submission.kind == Kind.SUBMISSION
    )
    with portal.sessions() as session:
        row = session.scalar(mine.order_by(Submission.submitted_at.desc()).limit(1))
    if row is None:
        raise BenchError(f"{person.name} has no submissions.")
    return {
        "catalog:index": "/challenges",
        "progress:index": "/progress",
        "workspace:room": f"/challenges/{row.challenge}",
        "submissions:history": f"/challenges/{row.challenge}/history",
        "submissions:detail": f"/submissions/{row.id}",
        "submissions:status": f"/submissions/{row.id}/status",
    }


def _seconds(client: httpx.Client, address: str) -> list[float]:
    found = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        answer = client.get(address)
        found.append(time.perf_counter() - began)
        if answer.status_code != httpx.codes.OK:
            raise BenchError(f"{address} answered {answer.status_code}.")
    return found


def _row(name: str, rounds: Sequence[Round]) -> dict[str, Any]:
    """The wall's clock has the machine's other work in it, the processor's has not."""
    p95 = median(high(each.seconds) for each in rounds)
    return {
        "page": name,
        "p50": median(statistics.median(each.seconds) for each in rounds),
        "p95": p95,
        "cpu_seconds": median(each.cpu_seconds for each in rounds),
        "within_goal": p95 is not None and p95 <= GOAL_SECONDS,
    }


if __name__ == "__main__":
    sys.exit(main())
