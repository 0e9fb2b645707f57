"""Evenings of practice over the past months, each step a recorded grading of the code it shows."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from graders.package import Package
from portal.demo import people, recorded
from portal.demo.recorded import Recording, Shelf
from portal.demo.stage import Stage, new_id
from portal.models import Attempt, Evidence, Kind, Person, State, Submission

ROWS_AT_A_TIME = 500
WORKER = "demo"
WAITED = timedelta(seconds=0.3)
STORING = timedelta(seconds=0.05)
EVENING_HOURS = (17, 22)
GIVES_UP = 0.2
KINDS = {"hidden": Kind.SUBMISSION, "public": Kind.RUN}


@dataclass(frozen=True)
class Step:
    """One thing that somebody handed in."""

    person: Person
    package: Package
    recording: Recording
    at: datetime


def fill(stage: Stage) -> None:
    """Add them, with their attempts and their evidence."""
    chance = stage.chance("submissions")
    shelves, stale = _shelves(stage.packages)
    steps = list(_steps(stage, shelves, chance)) if shelves else []
    for start in range(0, len(steps), ROWS_AT_A_TIME):
        _store(stage, steps[start : start + ROWS_AT_A_TIME], chance)
    stage.told.append(f"{len(steps)} submissions and runs")
    if stale:
        stage.told.append(f"nothing for {', '.join(stale)}, changed since results were recorded")


def _shelves(packages: Sequence[Package]) -> tuple[list[tuple[Package, Shelf]], list[str]]:
    """The recordings of each challenge, and the challenges that have none of what they are now."""
    read = [(package, recorded.read(package)) for package in packages]
    stale = [package.slug for package, shelf in read if shelf is None]
    return [(package, shelf) for package, shelf in read if shelf is not None], stale


def _steps(
    stage: Stage, shelves: Sequence[tuple[Package, Shelf]], chance: random.Random
) -> Iterator[Step]:
    """As many steps as are wanted, the busiest people first in having them."""
    weights = people.busiest_first(stage, chance)
    share = stage.size.submissions / sum(weights)
    left = stage.size.submissions
    for number, (person, weight) in enumerate(zip(stage.people, weights, strict=True)):
        last = number == len(stage.people) - 1
        wanted = left if last else min(left, round(weight * share))
        left -= wanted
        yield from _of_person(stage, person, shelves, wanted, chance)


def _of_person(
    stage: Stage,
    person: Person,
    shelves: Sequence[tuple[Package, Shelf]],
    wanted: int,
    chance: random.Random,
) -> Iterator[Step]:
    """Challenge after challenge, from the easy to the hard, until there are enough steps."""
    paths: list[tuple[Package, list[Recording]]] = []
    while sum(len(path) for _package, path in paths) < wanted:
        package, shelf = shelves[len(paths) % len(shelves)]
        paths.append((package, _path(shelf, chance)))
    evenings = sorted(_evening(person, stage.now, chance) for _path in paths)
    made = 0
    for (package, path), evening in zip(paths, evenings, strict=True):
        at = evening
        for recording in path[: wanted - made]:
            yield Step(person, package, recording, min(at, stage.now - timedelta(minutes=1)))
            at += timedelta(minutes=chance.uniform(2, 14))
            made += 1


def _path(shelf: Shelf, chance: random.Random) -> list[Recording]:
    """Some runs and mistakes, better and better, and mostly all points in the end."""
    runs, graded = shelf.of("public"), shelf.of("hidden")
    *tries, best = graded
    some = sorted(chance.sample(range(len(tries)), chance.randint(1, min(4, len(tries)))))
    path = [runs[min(place, len(runs) - 1)] for place in some[:2] if runs]
    path += [tries[place] for place in some]
    return path if chance.random() < GIVES_UP else [*path, best]


def _evening(person: Person, now: datetime, chance: random.Random) -> datetime:
    """Some evening since they joined; not yet begun ones count as this afternoon."""
    day = person.created_at + (now - person.created_at) * chance.random()
    at = day.replace(hour=chance.randint(*EVENING_HOURS), minute=chance.randrange(60))
    return max(min(at, now - timedelta(hours=2)), person.created_at)


def _store(stage: Stage, steps: Sequence[Step], chance: random.Random) -> None:
    ids = [new_id(chance) for _step in steps]
    pairs = list(zip(ids, steps, strict=True))
    session = stage.session
    session.execute(insert(Submission), [_row(*pair) for pair in pairs])
    session.execute(insert(Attempt), [_attempt(new_id(chance), *pair) for pair in pairs])
    seen = [(i, step.recording.evidence) for i, step in pairs if step.recording.evidence]
    if seen:
        session.execute(insert(Evidence), [{"submission_id": i, "checks": c} for i, c in seen])


def _row(submission_id: uuid.UUID, step: Step) -> dict[str, Any]:
    result = step.recording.result
    return {
        "id": submission_id,
        "person_id": step.person.id,
        "kind": KINDS[step.recording.suite],
        "challenge": step.package.slug,
        "challenge_version": result["version"],
        "challenge_digest": step.package.digest,
        "files": dict(recorded.files_of(step.package, step.recording.solution)),
        "seed": step.recording.seed,
        "submitted_at": step.at,
        "state": State.DONE,
        "nudged_at": step.at,
        "attempts": 1,
        "verdict": result["verdict"],
        "score": result["score"],
        "max_score": result["max_score"],
        "result": result,
        **_moments(step),
    }


def _moments(step: Step) -> dict[str, datetime | None]:
    """When it reached each phase, by the times that were measured when it was recorded."""
    timing: Mapping[str, float] = step.recording.result["timing"]
    began = step.at + WAITED
    reached = {
        name: began + timedelta(seconds=timing[key]) if key in timing else None
        for name, key in (("app_ready_at", "app_ready"), ("examined_at", "examined"))
    }
    return reached | {"started_at": began, "stored_at": _ended(step)}


def _ended(step: Step) -> datetime:
    return step.at + WAITED + timedelta(seconds=step.recording.result["timing"]["total"]) + STORING


def _attempt(token: uuid.UUID, submission_id: uuid.UUID, step: Step) -> dict[str, Any]:
    return {
        "token": token,
        "submission_id": submission_id,
        "number": 1,
        "worker": WORKER,
        "started_at": step.at + WAITED,
        "ended_at": _ended(step),
        "outcome": step.recording.result["verdict"],
    }
