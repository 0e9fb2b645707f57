"""Four questions that pick a track and a place in it, without an account and without a trace."""

from __future__ import annotations

from itertools import product

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal.models import Person
from portal.practice.placement.questions import EASIER, questions
from portal.practice.placement.roadmap import MUCH, NEW, SOME, Roadmap, roadmap
from tests.clients import TestClient, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import done, hand_in
from tests.portal.test_every_form import rows_of

pytestmark = ON_SQLITE
RIGHT = {"patch": "note", "loop": "queue"}
WRONG = {"patch": "neither", "loop": "overlap"}


def road(app: FastAPI, role: str, built: str, **answers: str) -> Roadmap:
    given = {"role": role, "built": built, **RIGHT, **answers}
    chosen = {question.name: question.get(given[question.name]) for question in questions()}
    return roadmap(
        questions(), {name: each for name, each in chosen.items() if each}, app.state.tracks
    )


def asked(role: str = "backend", built: str = "team", **answers: str) -> dict[str, str]:
    return {"role": role, "built": built, **RIGHT, **answers}


def test_every_role_is_a_track_and_every_technical_question_has_one_right_answer(
    app: FastAPI,
) -> None:
    role, built, *technical = questions()
    assert [each.name for each in role.answer] == [track.name for track in app.state.tracks.all]
    assert {each.stage for each in built.answer} == {NEW, SOME, MUCH}
    for question in technical:
        assert sum(each.right for each in question.answer) == 1
        assert question.explanation
    assert questions()[EASIER:] == tuple(technical)


@pytest.mark.parametrize(
    ("built", "answers", "begins"),
    [
        ("nothing", WRONG, "first-endpoint"),
        ("nothing", RIGHT, "honest-errors"),
        ("alone", {"loop": "overlap"}, "honest-errors"),
        ("production", WRONG, "first-endpoint"),
        ("production", {"patch": "unsure"}, "first-endpoint"),
        ("team", {}, "request-journal"),
        ("alone", {}, "honest-errors"),
    ],
)
def test_what_was_built_and_what_is_known_decide_where_to_begin(
    app: FastAPI, built: str, answers: dict[str, str], begins: str
) -> None:
    found = road(app, "backend", built, **answers)
    assert found.begin is not None
    assert found.begin.slug == begins
    assert [*found.skipped, *found.ahead] == list(found.track.steps)
    assert found.ahead[0] == found.begin


def test_a_role_that_builds_on_another_begins_there(app: FastAPI) -> None:
    found = road(app, "senior", "nothing", **WRONG)
    assert (found.track.name, found.wished and found.wished.name) == ("backend", "senior")
    assert road(app, "senior", "team").track.name == "senior"


def test_every_combination_leads_somewhere(visitor: TestClient) -> None:
    names = [[each.name for each in question.answer] for question in questions()]
    for role, built, patch, loop in product(*names):
        answer = visitor.get(
            "/placement/roadmap", params=asked(role, built, patch=patch, loop=loop)
        )
        assert answer.status_code == 200
        assert "Make this my plan" in answer.text


def test_the_roadmap_explains_the_answers_and_nothing_before_them(visitor: TestClient) -> None:
    page = visitor.get("/placement").text
    assert not any(question.explanation[:40] in page for question in questions()[EASIER:])
    told = shown(visitor.get("/placement/roadmap", params=asked(loop="overlap")).text)
    assert "Right: The note becomes empty" in told
    assert "Not right: All ten are answered" in told
    assert "blocks the event loop" in told


def test_an_address_can_be_shared_and_gone_back_to(
    visitor: TestClient, mallory: TestClient
) -> None:
    params = asked(role="platform")
    page = visitor.get("/placement/roadmap", params=params).text
    assert "/placement?role=platform&amp;built=team&amp;patch=note&amp;loop=queue" in page
    assert shown(mallory.get("/placement/roadmap", params=params).text).count("Your answers") == 1
    assert visitor.get("/placement", params=params).text.count(" checked") == 4


@pytest.mark.parametrize(
    "wrong", [{"role": ""}, {"role": "queen"}, {"built": "\0"}, {"loop": "x" * 4000}]
)
def test_a_missing_or_unknown_answer_is_marked_and_the_others_stay(
    visitor: TestClient, wrong: dict[str, str]
) -> None:
    answer = visitor.get("/placement/roadmap", params=asked() | wrong)
    assert answer.status_code == 422
    assert answer.text.count("Choose an answer.") == 1
    assert answer.text.count(" checked") == 3


def test_the_plan_is_reached_through_sign_in_with_nothing_lost(
    visitor: TestClient, app: FastAPI, people: dict[Someone, Person]
) -> None:
    page = visitor.get("/placement/roadmap", params=asked()).text
    target = "/plan/edit?track=backend&amp;begin=request-journal"
    assert f'href="{target}"' in page
    to_sign_in = visitor.get(target.replace("&amp;", "&")).headers["location"]
    assert to_sign_in == "/sign-in?next=%2Fplan%2Fedit%3Ftrack%3Dbackend%26begin%3Drequest-journal"
    sent = {"email": ADA.email, "password": ADA.password, "next": target.replace("&amp;", "&")}
    back = visitor.post("/sign-in", data=sent).headers["location"]
    form = visitor.get(back).text
    assert '<option value="backend" selected>' in form
    assert '<input type="hidden" name="begin" value="request-journal">' in form
    assert "8 steps before it are skipped" in shown(form)


def test_nothing_is_stored(
    ada: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> None:
    hand_in(sessions, people[ADA], **done())
    before = rows_of(sessions)
    page = ada.get("/placement/roadmap", params=asked(built="nothing", **WRONG)).text
    assert "Solved: The depot" in shown(page)
    assert rows_of(sessions) == before


def test_it_can_only_be_asked(ada: TestClient) -> None:
    assert ada.post("/placement").status_code == 405
    assert ada.post("/placement/roadmap").status_code == 405
