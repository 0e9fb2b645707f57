"""Mock interviews of the busiest people: evenings of theirs, with questions, and certificates."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import select

from graders.package import Package
from graders.quiz import Question
from portal.certificates.facts import facts_of
from portal.certificates.service import new_token
from portal.demo.stage import Stage, new_id
from portal.errors import NotFound
from portal.models import (
    Certificate,
    Kind,
    Mock,
    Person,
    Sitting,
    SittingPart,
    SittingQuestion,
    Submission,
)
from portal.practice.mock import results
from portal.practice.mock.queries import Row
from portal.practice.mock.roles import LENGTHS, ROLES
from portal.sittings.timing import measured

BUSIEST = 4
INTERVIEWS = 3
KNOWS = 0.7
"""How many of the questions they get right."""
WARMING_UP = timedelta(minutes=2)


def fill(stage: Stage) -> None:
    """Put a frame of time round evenings that are there already; nothing is graded for it."""
    chance = stage.chance("sittings")
    made = 0
    for person in stage.people[:BUSIEST]:
        for evening in _evenings(stage, person)[-INTERVIEWS:]:
            _interview(stage, person, evening, chance, has_certificate=made % 2 == 0)
            made += 1
    stage.told.append(f"{made} mock interviews")


def _evenings(stage: Stage, person: Person) -> list[list[Submission]]:
    """What somebody handed in for one challenge, evening by evening, if it fits an interview."""
    wanted = select(Submission).where(Submission.person_id == person.id)
    rows = stage.session.scalars(wanted.order_by(Submission.submitted_at)).all()
    found: list[list[Submission]] = []
    for row in rows:
        last = found[-1][-1] if found else None
        near = last and row.submitted_at - last.submitted_at < timedelta(minutes=20)
        if last and near and last.challenge == row.challenge:
            found[-1].append(row)
        else:
            found.append([row])
    return [evening for evening in found if _fits(evening)]


def _fits(evening: Sequence[Submission]) -> bool:
    length = evening[-1].submitted_at - evening[0].submitted_at
    is_short = length + 2 * WARMING_UP < timedelta(minutes=max(LENGTHS))
    return is_short and any(row.kind is Kind.SUBMISSION for row in evening)


def _interview(
    stage: Stage,
    person: Person,
    evening: Sequence[Submission],
    chance: random.Random,
    *,
    has_certificate: bool,
) -> None:
    package = _package(stage, evening[0].challenge)
    start = evening[0].submitted_at - WARMING_UP
    used = evening[-1].submitted_at - start
    minutes = next(each for each in LENGTHS if timedelta(minutes=each) > used)
    ends = min(start + timedelta(minutes=minutes), stage.now)
    sitting = Sitting(
        id=new_id(chance), person_id=person.id, started_at=start, ends_at=ends, closed_at=ends
    )
    mock = Mock(
        sitting_id=sitting.id,
        role=chance.choice(list(ROLES)),
        level=package.description.level,
        minutes=minutes,
        seed=chance.getrandbits(50),
        remarks=[],
    )
    stage.session.add(sitting)
    stage.session.flush()
    stage.session.add_all([mock, _part(sitting, package, evening)])
    stage.session.add_all(_questions(stage, sitting, package, LENGTHS[minutes].questions, chance))
    stage.session.flush()
    if has_certificate:
        _certificate(stage, person, Row(sitting, mock, None))


def _part(sitting: Sitting, package: Package, evening: Sequence[Submission]) -> SittingPart:
    moments = [(row.submitted_at, row.challenge) for row in evening]
    began, busy = measured(sitting.started_at, moments)
    return SittingPart(
        sitting_id=sitting.id,
        number=1,
        challenge=package.slug,
        minutes=package.description.minutes,
        draft_version=1,
        refused_by_us=False,
        began_at=began[package.slug],
        busy_seconds=int(busy[package.slug].total_seconds()),
    )


def _questions(
    stage: Stage, sitting: Sitting, package: Package, count: int, chance: random.Random
) -> Iterator[SittingQuestion]:
    others = [each for each in stage.packages if each.slug != package.slug]
    for number, other in enumerate(chance.sample(others, min(count, len(others))), start=1):
        question = chance.choice(other.quiz)
        yield SittingQuestion(
            sitting_id=sitting.id,
            number=number,
            challenge=other.slug,
            asked=question.model_dump(mode="json"),
            chosen=_answer(question, chance),
            saved_at=sitting.started_at + WARMING_UP,
        )


def _answer(question: Question, chance: random.Random) -> list[int]:
    right = [place for place, each in enumerate(question.answer) if each.right]
    return right if chance.random() < KNOWS else [chance.randrange(len(question.answer))]


def _certificate(stage: Stage, person: Person, row: Row) -> None:
    view = results.view(stage.session, row, lambda slug: _package(stage, slug))
    stage.session.add(
        Certificate(
            token=new_token(),
            sitting_id=row.sitting.id,
            person_id=person.id,
            made_at=row.sitting.ends_at,
            facts=facts_of(view, person.name),
        )
    )


def _package(stage: Stage, slug: str) -> Package:
    found = next((package for package in stage.packages if package.slug == slug), None)
    if found is None:
        raise NotFound
    return found
