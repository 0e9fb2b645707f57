"""Nothing of a hidden suite or a solution is in any page, partial, file, event or API answer."""

from __future__ import annotations

import json
import re
import shutil
from html import escape, unescape
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from graders.examiner import Examiner
from graders.grade import Grader
from graders.package import Package
from portal.database import reading
from portal.models import Kind, Person, QuizTry, Submission
from portal.paths import is_api
from portal.queue import make_redis
from portal.render import PORTAL
from portal.settings import CHECKOUT, Settings
from portal.submissions.grading import Grading
from sandbox.backends.process import ProcessSandbox
from tests.attacks.harness.canaries import PREFIX, disguises
from tests.boxes import examiner
from tests.clients import TestClient, api_client, browser
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.every_address import GUIDE, addresses
from tests.portal.handed_in import SLUG, done, evidence_of, hand_in, running, stored
from tests.portal.hidden_lines import (
    SECRET,
    SECRET_FILES,
    canaries,
    canaries_in,
    explanations,
    packages,
)
from tests.portal.planted import BROKEN_SLUG as BROKEN
from tests.portal.planted import DOES_NOT_START, FAILS, Words, plant
from tests.portal.planted import SLUG as PLANTED
from tests.redis_server import RedisServer

__all__ = ["examiner"]

EVERYBODY = ("visitor", "ada", "mallory", "stranger_api", "ada_api", "mallory_api")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
NOWHERE = [
    ("GET", f"{prefix}/challenges/{slug}/{name}")
    for prefix in ("", "/api/v1", "/static/../../..", "/static/%2e%2e/%2e%2e/%2e%2e")
    for slug in (SLUG, PLANTED)
    for name in (*SECRET, *SECRET_FILES, "solutions/wrong/expected.toml", "hidden/test_asserts.py")
]


class OurOwn(ProcessSandbox):
    """Plain processes, which are wall enough for what these tests hand in themselves."""

    isolates = True


@pytest.fixture
def words() -> Words:
    """What is planted in the hidden places of the two challenges that are only there for it."""
    return Words()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, words: Words) -> Settings:
    """A site with our challenges and the planted ones."""
    shelf = tmp_path / "challenges"
    shutil.copytree(CHECKOUT / "challenges", shelf, ignore=shutil.ignore_patterns("__pycache__"))
    plant(shelf, words)
    return Settings(
        home=tmp_path / "home",
        database_url=database_url,
        allowed_hosts=("testserver",),
        challenges=shelf,
    )


@pytest.fixture
def graded(
    settings: Settings,
    people: dict[Someone, Person],
    sessions: sessionmaker[Session],
    broker: RedisServer,
    examiner: Examiner,
) -> list[Submission]:
    """Submissions to the planted challenges, as a worker has graded them."""
    made = [
        hand_in(sessions, people[ADA], challenge=slug, files={"main.py": code}, kind=kind)
        for slug, code, kind in (
            (PLANTED, FAILS, Kind.SUBMISSION),
            (PLANTED, FAILS, Kind.RUN),
            (PLANTED, DOES_NOT_START, Kind.SUBMISSION),
            (BROKEN, FAILS, Kind.SUBMISSION),
        )
    ]
    client = make_redis(settings)
    grader = Grader(OurOwn(), examiner)
    worker = Grading(settings, sessions, client, grader, "w")
    for row in made:
        worker.grade(row.id)
    client.close()
    return [stored(sessions, row.id) for row in made]


@pytest.fixture
def rows(
    people: dict[Someone, Person], sessions: sessionmaker[Session], graded: list[Submission]
) -> list[Submission]:
    """Every submission that makes a page look different; all of them are Ada's."""
    made = [
        hand_in(sessions, people[ADA], challenge=package.slug, **done("failed"))
        for package in packages()
    ]
    made += [
        hand_in(sessions, people[ADA], **columns)
        for columns in (done("did_not_start"), running("examining"))
    ]
    live = (graded[0].result or {})["requirements"]
    made.append(hand_in(sessions, people[ADA], kind=Kind.RUN, **done("failed")))
    made.append(
        hand_in(sessions, people[ADA], challenge=PLANTED, **running("examining", rows=live))
    )
    return [*made, *graded]


def given_away(words: Words, raw: str) -> set[str]:
    """What of all that is hidden stands in a text, in whatever shape."""
    plain = ESCAPE.sub(without_escape, raw)
    text = "\n".join((raw, unescape(raw), unescape(plain)))
    found = canaries_in(text)
    views = (text, text.lower(), re.sub(r"[^0-9A-Za-z]", "", text).lower())
    return found | {
        f"{mark} as {form}"
        for mark, word in words.by_mark.items()
        for form, needle in disguises(word.removeprefix(PREFIX))
        if any(needle in view for view in views)
    }


def without_escape(found: re.Match[str]) -> str:
    """The character that JSON, or a script, writes with a backslash."""
    return chr(int(found[1], 16)) if found[1] else ESCAPED.get(found[2], found[2])


def test_there_are_canaries_to_look_for() -> None:
    for package in packages():
        assert len(canaries(package)) > 100, package.slug


def test_a_hidden_line_is_seen_wherever_it_stands() -> None:
    package = packages()[0]
    line = max(canaries(package), key=len)
    assert line in canaries_in(f"so {line} then")
    assert line in canaries_in(line)
    assert line not in canaries_in(line[1:])


def test_a_planted_word_is_seen_in_every_shape(words: Words, tmp_path: Path) -> None:
    plant(tmp_path, words)
    assert len(words.by_mark) == 31
    for mark, word in words.by_mark.items():
        for form, disguised in disguises(word.removeprefix(PREFIX)):
            for text in (disguised, json.dumps(disguised), escape(disguised)):
                assert given_away(words, f"so {text} then"), (mark, form)


@ON_SQLITE
def test_the_planted_challenges_fail_in_every_way(
    sessions: sessionmaker[Session], graded: list[Submission], words: Words
) -> None:
    verdicts = [row.verdict for row in graded]
    assert verdicts == ["timed_out", "passed", "did_not_start", "broken_challenge"]
    parts = (graded[0].result or {})["requirements"]
    assert [part["status"] for part in parts] == [
        *("failed", "failed", "timed_out", "failed", "crashed"),
    ]
    seen = str(evidence_of(sessions, graded[0].id))
    assert all(words.by_mark[mark] in seen for mark in ("SENT-1", "SENT-2", "SENT-3"))


@ON_SQLITE
@pytest.mark.usefixtures("broker")
def test_no_answer_has_any_of_it(
    request: pytest.FixtureRequest, app: FastAPI, words: Words, rows: list[Submission]
) -> None:
    # Files are the same for everybody, and have a test of their own.
    walked = [
        (method, address)
        for method, address in addresses(app, rows, safe=True)
        if address != GUIDE and not address.startswith("/static/")
    ]
    assert any(address.startswith("/api/v1/challenges/") for _method, address in walked)
    assert any(address.endswith("/events") for _method, address in walked)
    texts: dict[str, str] = {}
    for client in (request.getfixturevalue(name) for name in EVERYBODY):
        for method, address in walked:
            answer = client.request(method, address)
            assert answer.status_code != 500, address
            texts |= {answer.text: address, str(answer.headers): address}
    for text, address in texts.items():
        assert not given_away(words, text), address


@ON_SQLITE
@pytest.mark.usefixtures("broker")
def test_no_refusal_has_any_of_it(
    app: FastAPI, people: dict[Someone, Person], words: Words, rows: list[Submission]
) -> None:
    walked = [*addresses(app, rows, safe=False), *NOWHERE]
    texts: dict[str, str] = {}
    for someone in (None, ADA, MALLORY):
        for method, address in walked:
            # A new visit each time: one of these addresses signs out.
            make = api_client if is_api(address) else browser
            client = make(app, people[someone] if someone else None)
            answer = client.request(method, address, json={"files": {"../hidden": 1}})
            assert answer.status_code >= 300, (method, address)
            texts |= {answer.text: address, str(answer.headers): address}
    for text, address in texts.items():
        assert not given_away(words, text), address


@ON_SQLITE
def test_an_answered_quiz_explains_itself_and_nothing_else(
    app: FastAPI,
    ada: TestClient,
    mallory: TestClient,
    visitor: TestClient,
    sessions: sessionmaker[Session],
    words: Words,
) -> None:
    slugs = [PLANTED, *(package.slug for package in packages())]
    for slug in slugs:
        path = f"/challenges/{slug}/learn/quiz"
        fields = set(re.findall(r'name="(question-\d+)"', ada.get(path).text))
        sent = ada.post(path, data={"try": str(uuid4()), **dict.fromkeys(fields, "0")})
        assert sent.status_code == 303, slug
    with reading(sessions) as session:
        tries = [(row.challenge, str(row.id)) for row in session.scalars(select(QuizTry))]
    assert len(tries) == len(slugs)
    explained = {piece for package in packages() for piece in explanations(package)}
    secret = words.by_mark.pop("QUIZ-1")
    for slug, try_id in tries:
        path = f"/challenges/{slug}/learn/quiz/{try_id}"
        text = ada.get(path).text
        assert (secret in text) == (slug == PLANTED)
        assert not given_away(words, text) - explained, path
        for nobody in (mallory, visitor):
            assert not given_away(words, nobody.get(path).text), path


@ON_SQLITE
def test_a_crash_tells_nothing(
    app: FastAPI, ada: TestClient, ada_api: TestClient, words: Words
) -> None:
    secret = words.by_mark["EXPECTED-1"]

    def get(_slug: str) -> Package:
        raise RuntimeError(secret)

    app.state.library.get = get
    for client, address in ((ada, f"/challenges/{SLUG}"), (ada_api, f"/api/v1/challenges/{SLUG}")):
        answer = client.get(address)
        assert answer.status_code == 500
        assert not given_away(words, f"{answer.headers}\n{answer.text}")


def test_no_file_that_is_served_has_any_of_it() -> None:
    wanted = {canary for package in packages() for canary in canaries(package)}
    for path in (PORTAL / "static").rglob("*"):
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        assert not {canary for canary in wanted if canary in text}, path.name


@ON_SQLITE
@pytest.mark.parametrize(
    "address",
    [
        "/static/../../../challenges/first-endpoint/hidden/test_health.py",
        "/static/%2e%2e/%2e%2e/%2e%2e/challenges/first-endpoint/hidden/test_health.py",
        "/static/..%2f..%2f..%2fchallenges/first-endpoint/hidden/test_health.py",
        "/challenges/first-endpoint/hidden",
        "/challenges/first-endpoint/hidden/test_health.py",
        "/challenges/first-endpoint/solutions/right/plain_routes/main.py",
        "/challenges/first-endpoint%2fhidden",
        "/api/v1/challenges/first-endpoint/hidden",
        "/api/v1/challenges/first-endpoint%2f..%2fticket-desk",
    ],
)
def test_no_way_leads_round_the_pages(ada: TestClient, address: str) -> None:
    assert ada.get(address).status_code == 404
