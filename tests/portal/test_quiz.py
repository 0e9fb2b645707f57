"""The quiz of a challenge: asked in an order of one's own, explained once it is answered."""

from __future__ import annotations

import re
import uuid
from html import unescape

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from graders.package import load
from portal.database import reading
from portal.learning.lessons import Lessons
from portal.models import Person, QuizTry
from portal.settings import CHECKOUT
from tests.clients import TestClient, shown
from tests.people import Someone

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
SLUG = "honest-errors"  # its quiz has a question with two right answers
LEARN = f"/challenges/{SLUG}/learn"
QUIZ = f"{LEARN}/quiz"
QUESTIONS = load(CHECKOUT / "challenges" / SLUG).quiz
SEVERAL = next(
    place for place, each in enumerate(QUESTIONS) if sum(a.right for a in each.answer) > 1
)


def right_answers() -> dict[str, list[str]]:
    """The form as somebody sends it who knows everything."""
    return {
        f"question-{place + 1}": [str(n) for n, each in enumerate(question.answer) if each.right]
        for place, question in enumerate(QUESTIONS)
    }


def begin(client: TestClient) -> str:
    """Open the quiz; the id of this go."""
    found = re.search(r'name="try" value="([^"]+)"', client.get(QUIZ).text)
    assert found
    return found[1]


def send(client: TestClient, answers: dict[str, list[str]], try_id: str | None = None) -> Response:
    """Send these answers as a new go."""
    answer: Response = client.post(QUIZ, data={"try": try_id or begin(client), **answers})
    return answer


def tries(sessions: Sessions) -> list[QuizTry]:
    """Every go that is stored."""
    with reading(sessions) as session:
        return list(session.scalars(select(QuizTry)))


def order(page: str) -> list[str]:
    """Question and answer fields as they follow each other on the page."""
    return re.findall(r'name="(question-\d+)" value="(\d+)"', page)


def words_of(explanation: str) -> str:
    """A part of an explanation that no markup interrupts."""
    return max(explanation.split("`"), key=len).strip()


def test_it_asks_everything_and_gives_nothing_away(ada: TestClient) -> None:
    page = ada.get(QUIZ).text
    assert page.count("<fieldset") == len(QUESTIONS)
    assert page.count('type="checkbox"') == len(QUESTIONS[SEVERAL].answer)
    for question in QUESTIONS:
        assert words_of(question.explanation) not in unescape(page)
    assert "checked" not in page


def test_everybody_has_an_order_of_their_own_that_stays(
    ada: TestClient, mallory: TestClient
) -> None:
    hers = order(ada.get(QUIZ).text)
    assert hers == order(ada.get(QUIZ).text)
    his = order(mallory.get(QUIZ).text)
    assert sorted(hers) == sorted(his)
    assert hers != his


def test_right_answers_are_right_and_explained(ada: TestClient) -> None:
    answer = send(ada, right_answers())
    assert answer.status_code == 303
    page = shown(ada.get(answer.headers["location"]).text)
    assert f"{len(QUESTIONS)} of {len(QUESTIONS)} right" in page
    assert "Not right" not in page
    for question in QUESTIONS:
        assert words_of(question.explanation) in unescape(page)


def test_a_wrong_answer_shows_the_right_one(ada: TestClient) -> None:
    wrong = right_answers()
    wrong["question-1"] = [str(1 - int(wrong["question-1"][0]))]
    page = shown(ada.get(send(ada, wrong).headers["location"]).text)
    assert f"{len(QUESTIONS) - 1} of {len(QUESTIONS)} right" in page
    assert "Not right" in page
    assert page.count("Your answer, right") == len(QUESTIONS)  # one question has two
    assert "Right answer" in page


def test_half_of_two_right_answers_is_not_right(ada: TestClient) -> None:
    answers = right_answers()
    answers[f"question-{SEVERAL + 1}"].pop()
    page = shown(ada.get(send(ada, answers).headers["location"]).text)
    assert f"{len(QUESTIONS) - 1} of {len(QUESTIONS)} right" in page


def test_best_and_last_are_kept(ada: TestClient) -> None:
    assert "Take the quiz" in ada.get(LEARN).text
    send(ada, right_answers())
    wrong = right_answers()
    wrong["question-1"] = [str(1 - int(wrong["question-1"][0]))]
    last = send(ada, wrong).headers["location"]
    page = ada.get(LEARN).text
    total = len(QUESTIONS)
    assert f"Best {total} of {total} Last {total - 1} of {total} Tries 2" in shown(page)
    assert f'href="{last}"' in page


def test_what_is_missing_is_marked_and_the_rest_is_not_lost(
    ada: TestClient, sessions: Sessions
) -> None:
    answers = right_answers()
    del answers["question-2"]
    answer = send(ada, answers)
    assert answer.status_code == 422
    assert answer.text.count("Choose an answer.") == 1
    assert answer.text.count(" checked") == sum(map(len, answers.values()))
    assert tries(sessions) == []


@pytest.mark.parametrize("value", [["99"], ["-1"], ["x"], [""], ["0", "1"], ["0" * 5000]])
def test_an_answer_that_nobody_offered_is_none(
    ada: TestClient, sessions: Sessions, value: list[str]
) -> None:
    answer = send(ada, right_answers() | {"question-1": value})
    assert answer.status_code == 422
    assert tries(sessions) == []


def test_a_form_sent_twice_is_one_go(ada: TestClient, sessions: Sessions) -> None:
    try_id = begin(ada)
    places = {send(ada, right_answers(), try_id).headers["location"] for _ in range(2)}
    assert places == {f"{QUIZ}/{try_id}"}
    wrong = right_answers() | {"question-1": ["2"]}
    assert send(ada, wrong, try_id).status_code == 303
    (kept,) = tries(sessions)
    assert kept.right_count == len(QUESTIONS)


def test_a_go_of_somebody_else_is_not_there(
    ada: TestClient, mallory: TestClient, visitor: TestClient, sessions: Sessions
) -> None:
    try_id = begin(ada)
    hers = send(ada, right_answers(), try_id).headers["location"]
    assert mallory.get(hers).status_code == 404
    assert visitor.get(hers).status_code == 303
    assert send(mallory, right_answers(), try_id).status_code == 404
    assert len(tries(sessions)) == 1
    assert ada.get(hers.replace(SLUG, "ticket-desk")).status_code == 404
    assert ada.get(f"{QUIZ}/{uuid.uuid4()}").status_code == 404
    assert ada.get(f"{QUIZ}/nonsense").status_code == 404


def test_a_form_without_an_id_counts_all_the_same(ada: TestClient, sessions: Sessions) -> None:
    for data in (right_answers(), right_answers() | {"try": ["nonsense"]}):
        assert ada.post(QUIZ, data=data).status_code == 303
    assert len(tries(sessions)) == 2


def test_answers_to_old_questions_keep_their_score(
    app: FastAPI, ada: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = send(ada, right_answers()).headers["location"]
    monkeypatch.setattr("graders.package.Package.quiz", QUESTIONS[1:])
    app.state.lessons = Lessons(app.state.library)
    page = shown(ada.get(place).text)
    assert f"{len(QUESTIONS)} of {len(QUESTIONS)} right" in page
    assert "The questions have changed since then" in page


def test_it_needs_an_account(visitor: TestClient, sessions: Sessions) -> None:
    assert visitor.get(QUIZ).status_code == 303
    assert visitor.post(QUIZ, data=right_answers()).status_code == 303
    assert tries(sessions) == []
