"""The list of challenges."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy.orm import Session, sessionmaker

from graders.package import folders, load_all
from portal.models import Kind, Person
from portal.settings import CHECKOUT
from tests.clients import TestClient, shown
from tests.databases import statements
from tests.people import ADA, MALLORY, Someone
from tests.portal.handed_in import done, hand_in, package

Sessions = sessionmaker[Session]
People = dict[Someone, Person]
CHALLENGES = folders(CHECKOUT / "challenges")
PACKAGES = load_all(CHECKOUT / "challenges")
SLUGS = list(PACKAGES)


def card(client: TestClient) -> str:
    """The text of the card of our challenge."""
    title = re.escape(package().description.title).replace("'", "&#39;")
    cards = re.findall(r"<article.*?</article>", client.get("/challenges").text, re.DOTALL)
    (found,) = [each for each in cards if re.search(title, each)]
    return shown(found)


def test_a_visitor_may_read_it(visitor: TestClient) -> None:
    answer = visitor.get("/challenges")
    assert answer.status_code == 200
    assert 'href="/challenges/first-endpoint"' in answer.text
    assert 'href="/challenges/ticket-desk"' in answer.text
    assert "15 min" in card(visitor)
    assert "6 requirements" in card(visitor)
    assert "solved" not in shown(answer.text).lower()


def test_the_front_door_leads_to_it(visitor: TestClient) -> None:
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/challenges")


def test_a_challenge_nobody_tried_is_new(ada: TestClient) -> None:
    assert "Tried" not in card(ada)
    assert "Solved" not in card(ada)
    assert f"0 of {len(CHALLENGES)} solved" in shown(ada.get("/challenges").text)


def test_a_challenge_is_tried_before_there_is_a_score(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA])
    assert "Tried" in card(ada)
    assert "best" not in card(ada)


def test_a_challenge_with_some_points_shows_the_best_score(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("partial") | {"score": 85})
    hand_in(sessions, people[ADA], **done("partial") | {"score": 20})
    assert "Tried, best 85/100" in card(ada)


def test_a_challenge_with_all_points_stays_solved(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("passed"))
    hand_in(sessions, people[ADA], **done("failed"))
    assert "Solved" in card(ada)
    assert f"1 of {len(CHALLENGES)} solved" in shown(ada.get("/challenges").text)


def test_a_run_solves_nothing(ada: TestClient, people: People, sessions: Sessions) -> None:
    hand_in(sessions, people[ADA], **done("passed") | {"kind": Kind.RUN})
    assert "Solved" not in card(ada)
    assert "Tried" not in card(ada)


def test_what_others_solved_is_new_to_me(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[MALLORY], **done("passed"))
    assert "Solved" not in card(ada)


def test_reading_it_twice_changes_nothing(ada: TestClient) -> None:
    assert card(ada) == card(ada)


def test_a_wrong_method_is_named_as_such(ada: TestClient) -> None:
    answer = ada.post("/challenges")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def titles(answer: Response) -> list[str]:
    """The challenges on a list, in its order."""
    return re.findall(r'<article class="challenge-card" id="challenge-([\w-]+)"', answer.text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=help+desk", ["ticket-desk"]),
        ("q=HÉLP+DESK", ["ticket-desk"]),
        ("q=upload", ["photo-drop"]),
        ("q=file+upload", ["photo-drop"]),
        ("q=freshers-3", ["ticket-desk"]),
        ("q=desk+xyzzy", []),
        ("q=++", SLUGS),
        ("topic=crud", ["ticket-desk"]),
        ("minutes=15", ["first-endpoint"]),
        ("level=common&topic=cors", ["let-the-frontend-in"]),
        ("level=freshers&topic=cors", []),
        ("q=&level=&topic=&minutes=&sort=", SLUGS),
        ("utm_source=a-letter", SLUGS),
    ],
)
def test_the_address_says_what_is_looked_for(
    visitor: TestClient, query: str, found: list[str]
) -> None:
    for path in ("/challenges", "/catalog/results"):
        assert sorted(titles(visitor.get(f"{path}?{query}"))) == sorted(found)


def test_the_form_comes_back_filled_in(visitor: TestClient) -> None:
    text = visitor.get("/challenges?q=a%22b&level=common&minutes=60&sort=title").text
    assert 'name="q" value="a&#34;b"' in text
    chosen = re.findall(r'<option value="(\w+)" selected>', text)
    assert chosen == ["common", "60", "title"]


def test_another_order_has_no_levels(visitor: TestClient) -> None:
    shortest = titles(visitor.get("/challenges?sort=minutes"))
    minutes = {entry.slug: entry.description.minutes for entry in PACKAGES.values()}
    assert [minutes[slug] for slug in shortest] == sorted(minutes.values())
    by_title = titles(visitor.get("/challenges?sort=title"))
    assert [PACKAGES[slug].description.title for slug in by_title] == sorted(
        package.description.title for package in PACKAGES.values()
    )


def test_each_level_says_how_many_there_are(visitor: TestClient) -> None:
    assert "Freshers 6 challenges" in shown(visitor.get("/challenges").text)
    assert "Freshers (6)" in visitor.get("/challenges").text
    narrowed = shown(visitor.get("/challenges?minutes=30").text)
    assert "Freshers 2 of 6 challenges" in narrowed
    assert "3 of 12 challenges" in narrowed


def test_what_i_tried_and_solved_can_be_asked_for(
    ada: TestClient, people: People, sessions: Sessions
) -> None:
    hand_in(sessions, people[ADA], **done("passed"))
    hand_in(sessions, people[ADA], challenge="ticket-desk", **done("partial") | {"score": 70})
    assert titles(ada.get("/challenges?state=solved")) == ["first-endpoint"]
    assert titles(ada.get("/challenges?state=tried")) == ["ticket-desk"]
    assert len(titles(ada.get("/challenges?state=new"))) == len(SLUGS) - 2


def test_a_card_names_the_next_step(
    visitor: TestClient, ada: TestClient, people: People, sessions: Sessions
) -> None:
    assert "Start : The depot" in card(visitor)
    hand_in(sessions, people[ADA])
    assert "Go on : The depot" in card(ada)
    hand_in(sessions, people[ADA], **done("partial") | {"score": 70})
    assert "Go on: 70 of 100" in card(ada)
    hand_in(sessions, people[ADA], **done("passed"))
    assert "Solved. Read the worked solution" in card(ada)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("level=guru", "There is no level “guru”, so it was left out. There is: freshers, common."),
        ("minutes=7", "There is no length “7”, so it was left out. There is: 15, 30, 60."),
        ("sort=points", "There is no order “points”"),
        ("level=" + "x" * 5000, "There is no level “" + "x" * 40 + "…”"),
        ("state=solved", "Sign in to filter by what you have tried or solved"),
        (
            "level=common&level=freshers",
            "The address names more than one level; the first one counts.",
        ),
        ("q=" + "desk+" * 30, "A search has at most 100 characters; the rest was left out."),
    ],
)
def test_what_was_not_understood_is_said_and_the_rest_still_counts(
    visitor: TestClient, query: str, told: str
) -> None:
    answer = visitor.get(f"/challenges?{query}")
    assert answer.status_code == 200
    assert told in shown(answer.text)
    assert titles(answer)


def test_a_search_in_vain_says_what_to_leave_out(visitor: TestClient) -> None:
    text = visitor.get("/challenges?q=upload&level=common&sort=title").text
    assert "No challenge fits all of that" in text
    assert 'href="/challenges?level=common&amp;sort=title">Without “upload”: 6 found' in text
    assert 'href="/challenges?q=upload&amp;sort=title">Without Freshers' not in text
    assert 'href="/challenges?q=upload&amp;sort=title">Without Common: 1 found' in text
    assert 'href="/challenges">Show all challenges' in text
    hopeless = visitor.get("/challenges?q=xyzzy").text
    assert "Without “xyzzy”: 12 found" in hopeless


def test_a_search_is_text_and_nothing_else(visitor: TestClient) -> None:
    for query in ("<script>alert(1)</script>", "%", "\\", "'; --", "\0"):
        answer = visitor.get("/challenges", params={"q": query})
        assert (answer.status_code, titles(answer)) == (200, [])
        assert "<script>alert" not in answer.text


def test_the_number_of_queries_does_not_depend_on_what_is_shown(
    app: FastAPI, ada: TestClient, visitor: TestClient, people: People, sessions: Sessions
) -> None:
    with statements(app) as seen:
        visitor.get("/challenges")
    assert seen == []
    for slug in SLUGS:
        hand_in(sessions, people[ADA], challenge=slug, **done("failed"))
    with statements(app) as seen:
        ada.get("/challenges?state=tried&q=e")
    assert len(seen) == 2, seen
