"""What a reviewer would say, on the page of a submission that passed."""

from __future__ import annotations

from html import unescape

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from graders.analyser import analyse
from graders.analyser.analyse import AnalyserBusy, Analysis
from graders.verdict import Verdict
from portal.models import Kind, Person
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, GRACE, LINUS, MALLORY, Someone
from tests.portal.handed_in import FILES, UNKNOWN, done, hand_in, running

pytestmark = ON_SQLITE

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SLOW = """import time

from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
async def health(seen=[]) -> dict[str, str]:
    time.sleep(1)
    return {"status": "ok"}
"""


def test_the_page_asks_for_them_by_itself_and_has_a_link_for_who_has_no_script(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], files={"main.py": SLOW}, **done())
    text = ada.get(f"/submissions/{mine.id}").text
    assert f'hx-get="/submissions/{mine.id}/remarks" hx-trigger="load"' in text
    assert f'href="/submissions/{mine.id}?remarks=1#submission-remarks"' in text
    assert "A blocking call" not in text
    assert "A blocking call in async def" in shown(
        ada.get(f"/submissions/{mine.id}?remarks=1").text
    )


def test_each_says_its_weight_why_and_where(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], files={"main.py": SLOW}, **done())
    answer = ada.get(f"/submissions/{mine.id}/remarks")
    text = unescape(shown(answer.text))
    assert answer.text.lstrip().startswith('<section id="submission-remarks" class="remarks"')
    assert "1 remark on your code. They take no points" in text
    assert "Essential A blocking call in async def While time.sleep waits" in text
    assert 'href="https://fastapi.tiangolo.com/async/"' in answer.text
    assert 'href="#line-1-10">Line 10</a>' in answer.text
    assert 'id="line-1-10">    time.sleep(1)' in ada.get(f"/submissions/{mine.id}").text


def test_a_result_in_the_room_leads_to_them_if_it_passed(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    passed = hand_in(sessions, people[ADA], **done())
    failed = hand_in(sessions, people[ADA], **done("failed"))
    for row, there in ((passed, True), (failed, False)):
        link = f'href="/submissions/{row.id}#submission-remarks"'
        assert (link in ada.get(f"/submissions/{row.id}/status").text) is there


def test_with_several_files_a_line_names_its_file(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    files = {"main.py": "import depot\n", "depot.py": SLOW, "notes.txt": "no Python"}
    mine = hand_in(sessions, people[ADA], files=files, **done())
    text = ada.get(f"/submissions/{mine.id}/remarks").text
    assert 'href="#line-1-10">depot.py, line 10</a>' in text


def test_good_code_hears_that_nothing_is_to_be_added(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], files=FILES, **done())
    assert "Nothing to add" in shown(ada.get(f"/submissions/{mine.id}/remarks").text)


def test_code_that_cannot_be_read_is_no_accident(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    files = {"main.py": "x = " + "-" * 50_000 + "1"}
    mine = hand_in(sessions, people[ADA], files=files, **done())
    answer = ada.get(f"/submissions/{mine.id}/remarks")
    assert answer.status_code == 200
    text = shown(answer.text)
    assert "This code could not be read for remarks. Your result stays as it is." in text
    assert "Not read: main.py" in text


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.PASSED])
def test_what_did_not_pass_has_none(
    ada: TestClient, people: People, sessions: Sessions, verdict: Verdict
) -> None:
    mine = hand_in(sessions, people[ADA], files={"main.py": SLOW}, **done(verdict.value))
    for address in (f"/submissions/{mine.id}", f"/submissions/{mine.id}?remarks=1"):
        assert "What a reviewer would say" not in ada.get(address).text
    answer = ada.get(f"/submissions/{mine.id}/remarks")
    assert answer.text.strip() == '<section id="submission-remarks" hidden></section>'


def test_a_run_has_none_and_one_under_way_waits_for_its_end(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    run = hand_in(sessions, people[ADA], kind=Kind.RUN, **done())
    assert 'id="submission-remarks" hidden></section>' in ada.get(f"/submissions/{run.id}").text
    live = hand_in(sessions, people[ADA], **running("examining"))
    text = ada.get(f"/submissions/{live.id}").text
    assert 'hx-trigger="submission-done from:body" hx-target="#submission-remarks"' in text
    assert "hidden></section>" in ada.get(f"/submissions/{live.id}/remarks").text


def test_when_others_are_being_read_it_asks_again(
    app: FastAPI,
    ada: TestClient,
    people: People,
    sessions: Sessions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def busy(*_: object) -> Analysis:
        raise AnalyserBusy

    monkeypatch.setattr(app.state.analyser, "analyse", busy)
    mine = hand_in(sessions, people[ADA], **done())
    answer = ada.get(f"/submissions/{mine.id}/remarks")
    assert "Yours follows in a moment" in shown(answer.text)
    assert 'hx-trigger="load delay:1s, every 3s"' in answer.text


@pytest.mark.parametrize("someone", [GRACE, LINUS, MALLORY])
def test_what_is_not_mine_is_not_there_whoever_i_am(
    request: pytest.FixtureRequest, people: People, sessions: Sessions, someone: Someone
) -> None:
    client: TestClient = request.getfixturevalue(someone.name.lower())
    theirs = hand_in(sessions, people[ADA], **done())
    for wanted in (theirs.id, UNKNOWN, "x"):
        assert client.get(f"/submissions/{wanted}/remarks").status_code == 404


def test_it_needs_a_person(visitor: TestClient, people: People, sessions: Sessions) -> None:
    mine = hand_in(sessions, people[ADA], **done())
    assert visitor.get(f"/submissions/{mine.id}/remarks").status_code == 303


def test_a_wrong_method_is_named_as_such(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    mine = hand_in(sessions, people[ADA], **done())
    answer = ada.post(f"/submissions/{mine.id}/remarks")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_the_code_is_asked_for_once_and_read_once(
    app: FastAPI,
    ada: TestClient,
    people: People,
    sessions: Sessions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = hand_in(sessions, people[ADA], files={"main.py": SLOW}, **done())
    first = ada.get(f"/submissions/{mine.id}/remarks").text
    monkeypatch.setattr(analyse, "inspected", None)  # whoever read it again would trip over this
    asked: list[str] = []
    event.listen(
        app.state.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: asked.append(statement),
    )
    assert shown(ada.get(f"/submissions/{mine.id}/remarks").text) == shown(first)
    assert sum("FROM submissions" in statement for statement in asked) == 1
