"""Demo people of all roles; the first of them practises most."""

from __future__ import annotations

import random
from collections.abc import Iterator

from portal.accounts import queries
from portal.demo.stage import MONTHS, Stage, new_id
from portal.models import Person, Role

DOMAIN = "demo.example"
FIRST = (
    *("Noor", "Tomasz", "Ife", "Marisol", "Kenji", "Aoife", "Ravi", "Lena", "Sipho", "Yasmin"),
    *("Mateo", "Ingrid", "Duc", "Chiara", "Olu", "Petra", "Hamza", "Wren", "Soo-ah", "Bruno"),
    *("Zoya", "Elias", "Nia", "Callum", "Mei", "Andrei", "Salma", "Jonas", "Thandi", "Luca"),
    *("Farah", "Emeka"),
)
LAST = (
    *("Haddad", "Nowak", "Adeyemi", "Vega", "Mori", "Byrne", "Iyer", "Schmitz", "Dlamini"),
    *("Karimi", "Silva", "Larsen", "Tran", "Greco", "Okafor", "Novak", "Aziz", "Ellis", "Park"),
    *("Costa", "Petrov", "Lind", "Mbeki", "Fraser", "Chen", "Popescu", "Rahman", "Weber"),
    *("Khumalo", "Marino", "Siddiqui"),
)
INTERVIEWER_EVERY = 12


def fill(stage: Stage) -> None:
    """Add them; an admin only where there is none, whom `assay up` would sign in."""
    chance = stage.chance("people")
    needs_admin = queries.first_admin(stage.session) is None
    for number, (name, email) in zip(range(stage.size.people), _names(), strict=False):
        joined = stage.now - MONTHS * (1 if number < 2 else chance.uniform(0.02, 1))
        stage.people.append(
            Person(
                id=new_id(chance),
                email=email,
                name=name,
                role=_role(number, needs_admin),
                created_at=joined,
            )
        )
    stage.session.add_all(stage.people)
    stage.session.flush()
    stage.told.append(f"{len(stage.people)} people")


def _role(number: int, needs_admin: bool) -> Role:
    if number == 1 and needs_admin:
        return Role.ADMIN
    return Role.INTERVIEWER if number % INTERVIEWER_EVERY == 2 else Role.CANDIDATE


def _names() -> Iterator[tuple[str, str]]:
    """Pairs of name and email that never repeat: 32 first and 31 last names share no divisor."""
    for number in range(len(FIRST) * len(LAST) * 100):
        first, last = FIRST[number % len(FIRST)], LAST[number % len(LAST)]
        again = number // (len(FIRST) * len(LAST))
        suffix = str(again + 1) if again else ""
        yield f"{first} {last}", f"{first}.{last}{suffix}@{DOMAIN}".lower()


def busiest_first(stage: Stage, chance: random.Random) -> list[float]:
    """How much each of them practises, beside the others."""
    return [12.0 if n < 2 else chance.paretovariate(1.5) for n in range(len(stage.people))]
