"""Hands everything in from two accounts, waits for the verdicts, and looks at all that must hold."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from bench.running import LOOK_SECONDS, RunningAssay, hand_in, look_at, moment
from bench.soak import demands
from bench.soak.mix import Case, mixed, write_challenges
from bench.soak.vitals import Figures, Vitals, grown
from graders.package import Package
from portal.database import make_engine, reading, session_factory
from portal.models import Attempt, Submission
from portal.settings import Settings
from sandbox.backends.docker import connect

WAITING_BOXES = 2
EMAILS = ("ada@example.org", "mallory@example.org")
SHOWN_SLOWEST = 5

STUCK_SECONDS = 300.0
"""How long nothing at all may become done."""

WARM_UP_SHARE = 5
WARM_UP_LEAST = 4
"""Figures are compared with those after a fifth of the submissions: by then all is in memory, and
every suite has been collected.
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it: all is well if there are no complaints."""

    seconds: float
    verdicts: Counter[str]
    slowest: list[tuple[float, str]]
    before: Figures
    after: Figures
    complaints: list[str]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A submission, whose it is and where its result can be looked at."""

    case: Case
    client: httpx.Client
    location: str

    def row(self) -> Row:
        """As it stands."""
        return look_at(self.client, self.location)


def soak(size: int) -> Report:
    """Start a platform, hand in so many submissions, look at everything, stop it."""
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assay-bench-")))
        packages = write_challenges(scratch / "challenges")
        cases = mixed(packages, size)
        boxes = scratch / "boxes"
        boxes.mkdir()
        assay = RunningAssay(
            ASSAY_CHALLENGES=str(scratch / "challenges"),
            ASSAY_BOX_DIR=str(boxes),
            # A pool that grows with the load would be a drift of its own.
            ASSAY_WAITING_BOXES=str(WAITING_BOXES),
            ASSAY_MOST_WAITING_BOXES=str(WAITING_BOXES),
        )
        stack.callback(assay.close)
        clients = [stack.enter_context(assay.client(assay.sign_up(each))) for each in EMAILS]
        vitals = Vitals(assay.pid, boxes, [Path("/"), assay.home, _docker_folder()])
        return _measured(assay, clients, vitals, cases, _waiting_boxes(packages.values()))


def _measured(
    assay: RunningAssay,
    clients: Sequence[httpx.Client],
    vitals: Vitals,
    cases: Sequence[Case],
    waiting_boxes: int,
) -> Report:
    begun = time.monotonic()
    warm_up = max(WARM_UP_LEAST, len(cases) // WARM_UP_SHARE)
    handed_in = _hand_in(clients, cases[:warm_up])
    rows = _wait(handed_in)
    before = vitals.at_rest(waiting_boxes)
    later = _hand_in(clients, cases[warm_up:])
    handed_in, rows = handed_in + later, rows | _wait(later)
    seconds = time.monotonic() - begun
    after = vitals.at_rest(waiting_boxes)
    complaints = [
        *_about_the_verdicts(handed_in, rows),
        *_about_the_books(assay.home, rows.values()),
        *grown(before, after, waiting_boxes),
    ]
    verdicts = Counter(str(row["verdict"]) for row in rows.values())
    return Report(seconds, verdicts, _slowest(handed_in, rows), before, after, complaints)


def _hand_in(clients: Sequence[httpx.Client], cases: Sequence[Case]) -> list[HandedIn]:
    """All of these, as fast as the portal takes them; every account at its own pace."""

    def one_account(number: int) -> list[HandedIn]:
        client = clients[number]
        return [
            HandedIn(case, client, hand_in(client, case.slug, dict(case.files)))
            for case in cases[number :: len(clients)]
        ]

    with ThreadPoolExecutor(len(clients)) as accounts:
        return [each for some in accounts.map(one_account, range(len(clients))) for each in some]


def _wait(handed_in: Sequence[HandedIn]) -> dict[str, Row]:
    """Every row once it is done; as it stands, if nothing at all is done for long."""
    rows: dict[str, Row] = {}
    until = time.monotonic() + STUCK_SECONDS
    while len(rows) < len(handed_in) and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        for each in handed_in:
            if each.location not in rows and (row := each.row())["state"] == "done":
                rows[each.location] = row
                until = time.monotonic() + STUCK_SECONDS
            elif each.location not in rows:
                break  # they are done in the order of the queue, more or less
    return {each.location: rows.get(each.location) or each.row() for each in handed_in}


def _about_the_verdicts(handed_in: Sequence[HandedIn], rows: Mapping[str, Row]) -> Iterator[str]:
    for each in handed_in:
        row = rows[each.location]
        yield from demands.complaints(each.case, row)
        if row["state"] == "done" and each.row() != row:
            yield f"{row['id']} ({each.case.name}): it changed after its verdict"


def _about_the_books(home: Path, rows: Iterable[Row]) -> Iterator[str]:
    """The database has each submission once, and one ended attempt for it."""
    engine = make_engine(Settings(home=home, database_url=f"sqlite:///{home / 'assay.sqlite3'}"))
    with reading(session_factory(engine)) as session:
        stored = {str(each) for each in session.scalars(select(Submission.id))}
        attempts = session.execute(select(Attempt.submission_id, Attempt.outcome)).all()
    engine.dispose()
    outcomes: dict[str, list[str | None]] = {}
    for submission_id, outcome in attempts:
        outcomes.setdefault(str(submission_id), []).append(outcome)
    known = {row["id"]: row["verdict"] for row in rows}
    if stored != known.keys():
        yield f"{len(stored)} submissions are stored, {len(known)} were handed in"
    for identity, verdict in known.items():
        if outcomes.get(identity, []) != [verdict]:
            yield f"{identity}: its attempts ended as {outcomes.get(identity)}, not once {verdict}"


def _slowest(handed_in: Sequence[HandedIn], rows: Mapping[str, Row]) -> list[tuple[float, str]]:
    """The longest between a claim and the stored verdict."""
    spans = [
        (moment(row, "stored") - moment(row, "started"), each.case.name)
        for each in handed_in
        if (row := rows[each.location])["state"] == "done"
    ]
    return sorted(spans, reverse=True)[:SHOWN_SLOWEST]


def _waiting_boxes(packages: Iterable[Package]) -> int:
    """How many boxes wait when the pool is full: its size for every kind of box."""
    kinds = {(package.description.runtime, package.limits) for package in packages}
    return WAITING_BOXES * len(kinds)


def _docker_folder() -> Path:
    client = connect()
    try:
        return Path(client.info()["DockerRootDir"])
    finally:
        client.close()
