"""Study plans of demo people: most go on, some pause, some have too little time for what is left."""

from __future__ import annotations

import random
from datetime import timedelta

from portal.demo.stage import Stage
from portal.models import Person, StudyPlan

WITHOUT = 0.4
"""How many of them have no plan."""
TRACKS = ("backend", "fresher", "backend", "senior", "platform")
WEEKDAYS = ([0, 2, 5], [0, 1, 2, 3, 4], [5, 6], [0, 1, 2, 3, 4, 5, 6], [1, 3])
ZONES = ("Europe/Berlin", "Asia/Kolkata", "America/New_York", "UTC", "Africa/Lagos")
PAUSED, LATE = 0.15, 0.25


def fill(stage: Stage) -> None:
    """Add them; the two who practise most have one each: too tight, and paused."""
    chance = stage.chance("plans")
    rows = [
        _plan(stage, person, number, chance)
        for number, person in enumerate(stage.people)
        if chance.random() > WITHOUT or number < 2
    ]
    stage.session.add_all(rows)
    stage.session.flush()
    stage.told.append(f"{len(rows)} study plans")


def _plan(stage: Stage, person: Person, number: int, chance: random.Random) -> StudyPlan:
    kind = chance.random()
    is_paused = number == 1 or (number > 1 and kind < PAUSED)
    is_late = number == 0 or (number > 1 and PAUSED <= kind < PAUSED + LATE)
    began = max(person.created_at, stage.now - timedelta(days=chance.randint(4, 12)))
    ahead = timedelta(days=chance.randint(3, 6) if is_late else chance.randint(20, 80))
    return StudyPlan(
        person_id=person.id,
        track=TRACKS[number % len(TRACKS)],
        goal_date=(stage.now + ahead).date(),
        hours_per_week=chance.choice((2, 3) if is_late else (3, 4, 5, 6)),
        weekdays=WEEKDAYS[number % len(WEEKDAYS)],
        time_zone=ZONES[number % len(ZONES)],
        skipped=["first-endpoint"] if number % 3 == 0 else [],
        started_at=began,
        paused_at=stage.now - timedelta(days=chance.randint(1, 3)) if is_paused else None,
    )
