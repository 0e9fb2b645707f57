"""While an interview runs: its page, its questions, the room's clock, and what is closed meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from graders.quiz import Question
from portal.models import Kind, Person, SittingQuestion, utc_now
from portal.sittings.queries import OURS
from tests.clients import TestClient, browser, shown
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in
from tests.portal.mocks import (
    begin,
    close,
    hand_in_for,
    let_time_pass,
    parts_of,
    questions_of,
    save,
)

Sessions = sessionmaker[Session]
People = dict[Someone, Person]


def right(row: SittingQuestion) -> list[str]:
    """What somebody chooses who knows it."""
    question = Question.model_validate(row.asked)
    return [str(place) for place, each in enumerate(question.answer) if each.right]


def begin_with(slug: str, ada: TestClient, sessions: Sessions, people: People) -> str:
    """The address of an interview with this challenge, because every other one is solved."""
    for entry in ada.app.state.library.entries:  # type: ignore[attr-defined]
        if entry.slug != slug:
            hand_in(sessions, people[ADA], challenge=entry.slug, **done())
    address = begin(ada)
    assert [part.challenge for part in parts_of(sessions, address)] == [slug]
    return address


def words_of(explanation: str) -> str:
    """A part of an explanation that no markup interrupts."""
    return max(explanation.split("`"), key=len).strip()


def test_a_part_says_how_far_it_is(ada: TestClient, sessions: Sessions, people: People) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    assert "Not begun \N{EN DASH}/100" in shown(ada.get(address).text)
    hand_in_for(sessions, people[ADA], part, kind=Kind.RUN, **done())
    assert "1 run Run, not handed in" in shown(ada.get(address).text)
    hand_in_for(sessions, people[ADA], part, **done("failed"))
    assert "Handed in 0 /100" in shown(ada.get(address).text)
    hand_in_for(sessions, people[ADA], part)
    page = ada.get(address).text
    assert "In grading 0 /100" in shown(page)
    assert 'hx-select="#mock-parts"' in page
    for verdict in OURS:
        hand_in_for(sessions, people[ADA], part, **done(verdict))


def test_our_mistake_is_named_as_ours(ada: TestClient, sessions: Sessions, people: People) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    hand_in_for(sessions, people[ADA], part, **done("platform_error") | {"score": None})
    assert "Our mistake \N{EN DASH}/100" in shown(ada.get(address).text)


def test_questions_come_from_other_challenges_and_give_nothing_away(
    ada: TestClient, sessions: Sessions
) -> None:
    address = begin(ada)
    rows = questions_of(sessions, address)
    assert len(rows) == 4
    asked = {row.challenge for row in rows}
    assert asked.isdisjoint(part.challenge for part in parts_of(sessions, address))
    assert len(asked) == 4
    page = unescape(ada.get(address).text)
    for row in rows:
        question = Question.model_validate(row.asked)
        assert words_of(question.text) in page
        assert words_of(question.explanation) not in page
    assert "Right answer" not in page
    assert not re.search(r"is-right|data-right", page)
    data = ada.get("/account/data").text
    assert "explanation" not in data
    assert '"right"' not in data


def test_an_answer_is_saved_on_the_way_and_can_be_changed(
    ada: TestClient, sessions: Sessions, app: FastAPI, people: People
) -> None:
    address = begin(ada)
    place = f"{address}/questions/1"
    answer = ada.post(place, data={"chosen": ["0"]})
    assert answer.headers["location"] == f"{address}#question-1"
    page = browser(app, people[ADA]).get(address).text  # another device
    assert "1 of 4 answered" in shown(page)
    assert page.count(" checked") == 1
    ada.post(place, data={"chosen": ["1"]})
    assert questions_of(sessions, address)[0].chosen == [1]
    ada.post(place, data={})
    assert questions_of(sessions, address)[0].chosen is None


@pytest.mark.parametrize("value", ["99", "-1", "x", "", "0" * 5000, "a\0b"])
def test_an_answer_that_nobody_offered_is_none(
    ada: TestClient, sessions: Sessions, value: str
) -> None:
    address = begin(ada)
    assert ada.post(f"{address}/questions/1", data={"chosen": [value]}).status_code == 303
    assert questions_of(sessions, address)[0].chosen is None


@pytest.mark.parametrize("number", ["9", "0", "-1", "x", "9" * 30])
def test_a_question_that_is_not_there_is_not_there(ada: TestClient, number: str) -> None:
    assert ada.post(f"{begin(ada)}/questions/{number}", data={"chosen": "0"}).status_code == 404


def test_an_answer_after_the_end_is_refused_and_the_one_before_counts(
    ada: TestClient, sessions: Sessions
) -> None:
    address = begin(ada)
    (row, *_) = questions_of(sessions, address)
    ada.post(f"{address}/questions/1", data={"chosen": right(row)})
    let_time_pass(sessions, address)
    late = ada.post(f"{address}/questions/1", data={"chosen": []})
    assert late.status_code == 409
    assert "came after the end, so it was not stored" in late.text
    assert questions_of(sessions, address)[0].chosen == row_choice(row)
    assert "Questions right 1 /4" in shown(ada.get(f"{address}/report").text)


def row_choice(row: SittingQuestion) -> list[int]:
    """The right answers by their place."""
    return [int(value) for value in right(row)]


def test_the_room_shows_the_servers_end_and_the_way_back(
    ada: TestClient, sessions: Sessions, mallory: TestClient
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    page = ada.get(f"/challenges/{part.challenge}").text
    assert "data-sitting-strip" in page
    assert re.search(r'data-ends="[^"]+\+00:00" data-now="[^"]+\+00:00"', page)
    assert re.search(r"ends <time [^>]+>\d\d:\d\d UTC</time>", page)
    assert ", in 30 minutes" in page  # for who has no script
    assert f'href="{address}"' in page
    for other in (mallory.get(f"/challenges/{part.challenge}"), ada.get("/challenges/photo-drop")):
        assert "data-sitting-strip" not in other.text
    let_time_pass(sessions, address)
    assert "data-sitting-strip" not in ada.get(f"/challenges/{part.challenge}").text


def test_help_is_closed_while_it_runs_and_open_again_after_it(
    ada: TestClient, sessions: Sessions, people: People, mallory: TestClient
) -> None:
    address = begin(ada)
    (part, *_) = parts_of(sessions, address)
    learn = f"/challenges/{part.challenge}/learn"
    hand_in_for(sessions, people[ADA], part, **done())  # solved, so the solution would be open
    page = shown(ada.get(learn).text)
    assert "Its hints and its worked solution are closed" in page
    assert "I am stuck" not in page
    assert "learn-editorial" not in ada.get(learn).text
    for place, data in (("hints", {"number": "1"}), ("surrender", {})):
        refused = ada.post(f"{learn}/{place}", data=data)
        assert refused.status_code == 409
        assert "closed until the interview is over" in refused.text
    assert mallory.post(f"{learn}/surrender").status_code == 303
    let_time_pass(sessions, address)  # nobody has closed it yet
    assert ada.post(f"{learn}/hints", data={"number": "1"}).status_code == 303
    assert ada.post(f"{learn}/surrender").status_code == 303


def test_notes_can_be_written_all_the_time(ada: TestClient, sessions: Sessions) -> None:
    (part, *_) = parts_of(sessions, begin(ada))
    learn = f"/challenges/{part.challenge}/learn"
    tab = "5b6f3c1e-8a0c-4a49-9a53-6f6c0c1f7f2e"
    assert ada.post(f"{learn}/notes", data={"tab": tab, "text": "mine"}).status_code == 303
    assert "mine" in ada.get(learn).text


def test_the_quizzes_that_it_asks_from_are_closed_and_others_are_open(
    ada: TestClient, sessions: Sessions, mallory: TestClient
) -> None:
    address = begin(ada)
    (row, *_) = questions_of(sessions, address)
    (part, *_) = parts_of(sessions, address)
    quiz = f"/challenges/{row.challenge}/learn/quiz"
    assert ada.get(quiz).status_code == 409
    assert "asks questions from this quiz" in ada.get(quiz).text
    assert ada.post(quiz, data={}).status_code == 409
    assert ada.get(f"/challenges/{part.challenge}/learn/quiz").status_code == 200
    assert mallory.get(quiz).status_code == 200
    close(ada, sessions, address)
    assert ada.get(quiz).status_code == 200


def test_an_earlier_try_at_such_a_quiz_is_closed_too(ada: TestClient, sessions: Sessions) -> None:
    tries = {}
    for slug in [entry.slug for entry in ada.app.state.library.entries]:  # type: ignore[attr-defined]
        quiz = f"/challenges/{slug}/learn/quiz"
        fields = set(re.findall(r'name="(question-\d+)"', ada.get(quiz).text))
        tries[slug] = ada.post(quiz, data=dict.fromkeys(fields, "0")).headers["location"]
    asked = {row.challenge for row in questions_of(sessions, begin(ada))}
    assert asked <= tries.keys()
    for slug in asked:
        assert ada.get(tries[slug]).status_code == 409


def test_what_was_written_before_can_be_read_and_taken_only_afterwards(
    ada: TestClient, ada_api: TestClient, sessions: Sessions, people: People
) -> None:
    slug = "first-endpoint"
    before = hand_in(sessions, people[ADA], submitted_at=utc_now() - timedelta(days=1), **done())
    save(ada, people[ADA], slug, "# before\n")
    address = begin_with(slug, ada, sessions, people)
    reads = [
        (ada, f"/submissions/{before.id}"),
        (ada, f"/submissions/{before.id}/remarks"),
        (ada, f"/challenges/{slug}/history/diff?from={before.id}&to={before.id}"),
        (ada, f"/challenges/{slug}/draft/versions/1"),
        (ada_api, f"/api/v1/submissions/{before.id}"),
    ]
    for refused in (
        ada.post(f"/submissions/{before.id}/restore"),
        ada.post(f"/challenges/{slug}/draft/versions/1/take"),
        ada.get(f"/challenges/{slug}?from={before.id}"),
        *(who.get(address) for who, address in reads),
    ):
        assert refused.status_code == 409
        assert "begins from the starter" in refused.text
    room = ada.get(f"/challenges/{slug}")
    assert "Nothing tried yet" in room.text
    during = hand_in(sessions, people[ADA], **done())
    assert ada.get(f"/submissions/{during.id}").status_code == 200
    assert ada.post(f"/submissions/{during.id}/restore").status_code == 303
    assert ada.post(f"/challenges/{slug}/draft/versions/2/take").status_code == 303
    close(ada, sessions, address)
    assert [who.get(address).status_code for who, address in reads] == [200] * len(reads)
    assert ada.post(f"/submissions/{before.id}/restore").status_code == 303
    assert ada.post(f"/challenges/{slug}/draft/versions/1/take").status_code == 303


def test_the_page_that_says_so_leads_back_into_the_interview(
    ada: TestClient, sessions: Sessions, people: People
) -> None:
    slug = "first-endpoint"
    before = hand_in(sessions, people[ADA], submitted_at=utc_now() - timedelta(days=1), **done())
    address = begin_with(slug, ada, sessions, people)
    for closed in (f"/submissions/{before.id}", f"/challenges/{slug}?from={before.id}"):
        page = ada.get(closed).text
        assert re.search(rf'<a class="btn"[^>]* href="[^"]*{address}"', page), closed
        assert "Your interview" in page


def test_no_copy_of_everything_is_taken_along_while_it_runs(
    ada: TestClient, sessions: Sessions, mallory: TestClient
) -> None:
    assert ada.get("/account/data").status_code == 200
    address = begin(ada)
    refused = ada.get("/account/data")
    assert refused.status_code == 409
    assert "take it along when the interview is over" in refused.text
    assert mallory.get("/account/data").status_code == 200
    let_time_pass(sessions, address)  # nobody has closed it yet
    assert ada.get("/account/data").status_code == 200


def test_a_page_that_is_over_leads_to_the_report_and_back(
    ada: TestClient, sessions: Sessions
) -> None:
    address = begin(ada)
    assert ada.get(f"{address}/report").headers["location"] == address
    assert ada.get(f"{address}/report.pdf").headers["location"] == address
    let_time_pass(sessions, address)
    assert ada.get(address).headers["location"] == f"{address}/report"
