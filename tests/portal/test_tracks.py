"""The tracks: data that is read strictly, and pages that anybody may read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session, sessionmaker

from portal.app import make_app
from portal.models import Person
from portal.practice.tracks.file import read_tracks
from portal.practice.tracks.tracks import Tracks
from portal.settings import CHECKOUT, Settings
from tests.clients import TestClient, browser, shown
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import SLUG, done, hand_in

pytestmark = ON_SQLITE
NAMES = ("fresher", "backend", "platform", "senior")


def test_what_the_library_does_not_have_is_counted_as_coming(app: FastAPI) -> None:
    rows = {row.name: row for row in read_tracks().track}
    there = {package.slug for package in app.state.library}
    for track in app.state.tracks.all:
        slugs = [step.challenge for step in rows[track.name].step]
        assert [step.slug for step in track.steps] == [slug for slug in slugs if slug in there]
        assert track.coming == len(slugs) - len(track.steps)


def test_a_missing_step_stands_for_what_it_builds_on(app: FastAPI) -> None:
    tracks = Tracks(type("Without", (), {"__iter__": lambda _: without("place-an-order", app)})())
    found = tracks.get("backend").get("ticket-desk")
    assert found is not None
    assert found.after == ("bookshop-search",)


def without(slug: str, app: FastAPI) -> object:
    return iter([package for package in app.state.library if package.slug != slug])


def test_a_library_without_challenges_has_tracks_to_come(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "none").mkdir()
    client = browser(make_app(settings.model_copy(update={"challenges": tmp_path / "none"})))
    assert "0 steps, 20 more coming" in shown(client.get("/tracks").text)
    page = shown(client.get("/tracks/backend").text)
    assert "Nothing to practise here yet" in page
    assert "Make a plan of it" not in page


def test_a_broken_quiz_is_left_out_of_the_time(settings: Settings, tmp_path: Path) -> None:
    shelf = tmp_path / "challenges"
    shutil.copytree(CHECKOUT / "challenges" / SLUG, shelf / SLUG)
    (shelf / SLUG / "quiz.toml").write_text("no = 1", encoding="utf-8")
    app = make_app(settings.model_copy(update={"challenges": shelf}))
    assert app.state.tracks.get("fresher").steps[0].effort.quiz == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_reads_every_track(visitor: TestClient, name: str) -> None:
    assert f'href="/tracks/{name}"' in visitor.get("/tracks").text
    answer = visitor.get(f"/tracks/{name}")
    assert answer.status_code == 200
    assert "more steps are coming to this track" in shown(answer.text)
    assert "solved" not in shown(answer.text).lower()


def test_whoever_is_signed_in_sees_what_is_done_and_what_is_next(
    ada: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> None:
    hand_in(sessions, people[ADA], **done())
    page = ada.get("/tracks/fresher").text
    assert "1 of 9 solved" in shown(page)
    assert re.search(r'class="step is-next" id="step-bookshop-search"', page)
    hand_in(sessions, people[ADA], challenge="bookshop-search", **done("failed"))
    assert "Tried, not solved: The bookshop" in shown(ada.get("/tracks/fresher").text)


def test_nobody_sees_the_progress_of_others(
    mallory: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> None:
    hand_in(sessions, people[ADA], **done())
    assert "0 of 9 solved" in shown(mallory.get("/tracks/fresher").text)


@pytest.mark.parametrize("name", ["nothing", "FRESHER", "%00", "x" * 500])
def test_an_unknown_track_is_not_there(visitor: TestClient, name: str) -> None:
    assert visitor.get(f"/tracks/{name}").status_code == 404


def test_tracks_can_only_be_read(ada: TestClient) -> None:
    assert ada.post("/tracks").status_code == 405
    assert ada.post("/tracks/fresher").status_code == 405
