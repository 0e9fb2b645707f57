"""Signing out."""

from __future__ import annotations

from fastapi import FastAPI

from tests.clients import TestClient, browser, give_cookie


def test_signing_out_forgets_the_browser_and_shows_the_way_back(ada: TestClient) -> None:
    answer = ada.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "assay_session" not in ada.cookies
    assert ada.get("/sign-in").status_code == 200


def test_a_copied_cookie_is_dead_after_signing_out(app: FastAPI, ada: TestClient) -> None:
    token = ada.cookies["assay_session"]
    ada.post("/sign-out")
    thief = browser(app)
    give_cookie(thief, "assay_session", token)
    assert thief.get("/sign-in").status_code == 200


def test_signing_out_twice_or_without_being_signed_in_is_no_error(
    ada: TestClient, visitor: TestClient
) -> None:
    for client in (ada, ada, visitor):
        assert client.post("/sign-out").status_code == 303


def test_one_person_signing_out_leaves_the_others_in(ada: TestClient, grace: TestClient) -> None:
    ada.post("/sign-out")
    assert grace.get("/sign-in").status_code == 303


def test_a_link_cannot_sign_anybody_out(ada: TestClient) -> None:
    assert ada.get("/sign-out").status_code == 405
    assert ada.get("/sign-in").status_code == 303
