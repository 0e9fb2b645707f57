"""Starting a console and asking: rows first, one console at a time, and not too fast."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from portal.console import limits
from portal.console.words import UNANSWERED
from portal.models import ConsoleState, Kind, Person, utc_now
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, MALLORY, Someone
from tests.portal.consoles import PAGE, asked, consoles, ended, open_console, ready, requests
from tests.portal.handed_in import FILES, SLUG, hand_in, package
from tests.redis_server import RedisServer

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
ASK = f"{PAGE}/requests"
SOME = {"method": "POST", "target": "/a?b=1", "headers": "X-Key: 1", "body": "{}\r\n"}
DRAFT = {"files": json.dumps(FILES)}

pytestmark = pytest.mark.usefixtures("broker")


def test_a_start_stores_the_draft_and_leads_to_the_page(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    answer = ada.post(PAGE, data=DRAFT)
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    (row,) = consoles(sessions)
    assert (row.person_id, row.challenge, row.files) == (people[ADA].id, SLUG, FILES)
    assert (row.state, row.challenge_digest) == (ConsoleState.WAITING, package().digest)


def test_a_new_console_ends_the_one_before_and_what_waits_in_it(
    ada: TestClient, mallory: TestClient, sessions: Sessions
) -> None:
    mallory.post(PAGE, data=DRAFT)
    ada.post(PAGE, data=DRAFT)
    ada.post(ASK, data=SOME)
    ada.post("/challenges/ticket-desk/console", data=DRAFT)
    assert [(row.challenge, row.ending) for row in consoles(sessions)] == [
        (SLUG, None),
        (SLUG, "replaced"),
        ("ticket-desk", None),
    ]
    (request,) = requests(sessions)
    assert request.problem == UNANSWERED
    assert request.answered_at is not None


@ON_SQLITE
def test_without_script_the_newest_code_that_is_known_is_run(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    ada.post(PAGE)
    assert consoles(sessions)[-1].files == package().starter
    handed_in = {"main.py": "app = 1\n"}
    hand_in(sessions, people[ADA], files=handed_in, kind=Kind.RUN)
    ada.post(PAGE)
    assert consoles(sessions)[-1].files == handed_in
    ada.post(PAGE, data={"source": "app = 2\r\n"})
    ada.post(PAGE)
    assert [row.files for row in consoles(sessions)[-2:]] == [{"main.py": "app = 2\n"}] * 2


@ON_SQLITE
@pytest.mark.parametrize(
    "files", ["x", "[]", "[" * 100_000, '{"../x.py": ""}', '{"main.py": ""}', '{"main.py": 7}']
)
def test_files_that_cannot_be_run_are_refused_in_words(
    ada: TestClient, sessions: Sessions, files: str
) -> None:
    answer = ada.post(PAGE, data={"files": files})
    assert answer.status_code == 422
    assert 'id="error-detail"' in answer.text
    assert consoles(sessions) == []


def test_a_request_is_stored_and_shown_as_waiting(ada: TestClient, sessions: Sessions) -> None:
    ada.post(PAGE, data=DRAFT)
    answer = ada.post(ASK, data=SOME)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}?request=1")
    (row,) = requests(sessions)
    assert (row.method, row.target, row.headers) == ("POST", "/a?b=1", [["X-Key", "1"]])
    assert (row.body, row.answered_at) == ("{}\n", None)
    html = ada.get(answer.headers["location"]).text
    assert "Waiting for the answer" in html
    assert '<meta http-equiv="refresh"' in html


def test_a_request_starts_the_app_if_none_runs(ada: TestClient, sessions: Sessions) -> None:
    assert ada.post(ASK, data=SOME | DRAFT).status_code == 303
    (row,) = consoles(sessions)
    assert row.files == FILES
    assert requests(sessions)[0].console_id == row.id
    ada.post(ASK, data=SOME | {"files": '{"main.py": "other"}'})
    assert len(consoles(sessions)) == 1


@ON_SQLITE
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "A B"}, "The method is a word"),
        ({"target": "x"}, "starts with"),
        ({"headers": "Host: elsewhere"}, "it is always"),
        ({"headers": "Transfer-Encoding: chunked"}, "set for you"),
        ({"body": "x" * 70_000}, "the limit is 65,536"),
        ({"body": "a\x00b"}, "NUL"),
    ],
)
def test_what_cannot_be_sent_comes_back_filled_in(
    ada: TestClient, sessions: Sessions, change: dict[str, str], words: str
) -> None:
    typed = {"method": "PUT", "target": "/kept", "headers": "X-Kept: 1", "body": "kept"} | change
    answer = ada.post(ASK, data=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert sum(value in answer.text for value in typed.values()) >= 3
    assert (requests(sessions), consoles(sessions)) == ([], [])


@ON_SQLITE
def test_only_so_many_may_wait_for_an_answer(ada: TestClient, sessions: Sessions) -> None:
    ada.post(PAGE, data=DRAFT)
    answers = [ada.post(ASK, data=SOME).status_code for _ in range(limits.MOST_UNANSWERED + 1)]
    assert answers == [303] * limits.MOST_UNANSWERED + [429]
    refused = ada.post(ASK, data=SOME)
    assert f"{limits.MOST_UNANSWERED} requests wait for an answer" in refused.text
    assert 'value="/a?b=1"' in refused.text


@ON_SQLITE
def test_only_so_many_may_be_sent_within_a_minute(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    console = open_console(sessions, people[ADA], **ready())
    for number in range(1, limits.REQUESTS_A_MINUTE + 1):
        asked(sessions, console, number)
    assert ada.post(ASK, data=SOME).status_code == 429
    with sessions.begin() as session:
        session.merge(console).created_at -= limits.MINUTE
        for row in requests(sessions):
            session.merge(row).asked_at -= limits.MINUTE
    assert ada.post(ASK, data=SOME).status_code == 303


@ON_SQLITE
def test_only_so_many_starts_within_a_minute(ada: TestClient, sessions: Sessions) -> None:
    answers = [ada.post(PAGE, data=DRAFT).status_code for _ in range(limits.STARTS_A_MINUTE + 1)]
    assert answers == [303] * limits.STARTS_A_MINUTE + [429]
    assert ada.post(ASK, data=SOME).status_code == 303, "the last one is still open"


def test_the_last_requests_are_kept_and_their_numbers_go_on(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    console = open_console(sessions, people[ADA], **ready())
    other = open_console(sessions, people[MALLORY], **ready())
    asked(sessions, other, 1)
    long_ago = utc_now() - timedelta(hours=1)
    for number in range(1, limits.KEPT_REQUESTS + 1):
        asked(sessions, console, number, asked_at=long_ago)
    ada.post(ASK, data=SOME)
    kept = [row.number for row in requests(sessions) if row.person_id == people[ADA].id]
    assert kept == list(range(2, limits.KEPT_REQUESTS + 2))
    assert len(requests(sessions)) == limits.KEPT_REQUESTS + 1


def test_old_consoles_go_and_their_requests_stay(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    long_ago = utc_now() - timedelta(hours=1)
    for number in range(limits.KEPT_CONSOLES):
        at = long_ago + timedelta(seconds=number)
        row = open_console(sessions, people[ADA], **ended("idle", created_at=at))
        asked(sessions, row, number + 1)
    ada.post(PAGE, data=DRAFT)
    assert len(consoles(sessions)) == limits.KEPT_CONSOLES
    kept = requests(sessions)
    assert len(kept) == limits.KEPT_CONSOLES
    assert [row.number for row in kept if row.console_id is None] == [1]


def test_ending_twice_is_no_mistake(ada: TestClient, sessions: Sessions) -> None:
    ada.post(PAGE, data=DRAFT)
    for _ in range(2):
        assert ada.post(f"{PAGE}/end").headers["location"] == PAGE
    assert [row.ending for row in consoles(sessions)] == ["closed"]


@ON_SQLITE
def test_without_redis_everything_is_stored_all_the_same(
    ada: TestClient, sessions: Sessions, broker: RedisServer
) -> None:
    app = ada.app
    app.state.redis.connection_pool.connection_kwargs["path"] = "/nowhere"  # type: ignore[attr-defined]
    app.state.redis.connection_pool.disconnect()  # type: ignore[attr-defined]
    assert ada.post(ASK, data=SOME | DRAFT).status_code == 303
    assert len(requests(sessions)) == 1


@ON_SQLITE
@pytest.mark.parametrize("address", [PAGE, ASK, f"{PAGE}/end"])
def test_nobody_acts_for_somebody_else(
    visitor: TestClient, ada: TestClient, sessions: Sessions, address: str
) -> None:
    assert visitor.post(address, data=SOME | DRAFT).status_code == 303
    forged = ada.post(address, data=SOME | DRAFT, headers={"Sec-Fetch-Site": "cross-site"})
    assert forged.status_code == 403
    assert (consoles(sessions), requests(sessions)) == ([], [])
