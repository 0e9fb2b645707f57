"""Rules that every route keeps: one word in four places, and an owner for what is private."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from sqlalchemy.orm import Session, sessionmaker

from portal.accounts.identity import who_holds_the_token, who_is_asking, who_must_sign_in
from portal.database import SAFE_METHODS
from portal.models import Person
from portal.paths import is_api
from portal.render import PORTAL
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA, Someone
from tests.portal.handed_in import FILES, SLUG, count, hand_in

pytestmark = ON_SQLITE

# Who may use a route without being signed in, and why.
PUBLIC = {
    "catalog:home": "a redirect",
    "catalog:index": "visitors may look round",
    "catalog:results": "visitors may look round",
    "workspace:room": "visitors may read; what is somebody's own is shown to them alone",
    "guide:index": "visitors may read all of it",
    "guide:results": "visitors may read all of it",
    "guide:detail": "visitors may read all of it",
    "guide:pdf": "visitors may read all of it",
    "tracks:index": "visitors may look round",
    "tracks:detail": "visitors may look round",
    "placement:index": "no account is needed to find out where to begin",
    "placement:roadmap": "no account is needed to find out where to begin",
    "plan:index": "visitors are told what a plan is",
    "plan:back_from_feed": "a redirect",
    "plan:feed": "for calendar programs; the token is the secret",
    "certificates:detail": "for anybody who has the address; the token is the secret",
    "accounts:sign_in": "the way in",
    "accounts:check_sign_in": "the way in",
    "accounts:link": "the way in; the token is the secret",
    "accounts:openid": "the way in",
    "accounts:openid_back": "the way in; state and code are the secrets",
    "accounts:register": "the way in",
    "accounts:ask_to_register": "the way in",
    "accounts:finish": "the way in; the token is the secret",
    "accounts:create": "the way in; the token is the secret",
    "accounts:forgotten": "the way back in",
    "accounts:ask_for_password": "the way back in",
    "accounts:choose": "the way back in; the token is the secret",
    "accounts:store_password": "the way back in; the token is the secret",
    "accounts:goodbye": "for who has no account any more",
    "accounts:sign_out": "harmless for who is not signed in",
    "operations:healthz": "for monitors",
    "operations:readyz": "for monitors",
    "api:token": "the way in",
    "api:challenges": "as public as the pages",
    "api:challenge": "as public as the pages",
    "static": "the same for everybody",
    "openapi": "the documentation of the API",
}


def routes(app: FastAPI) -> list[RouteContext]:
    """Every route of the site."""
    return list(iter_route_contexts(app.routes))


def endpoint(route: RouteContext) -> Callable[..., Any]:
    """The function behind a route."""
    return cast(APIRoute, route.original_route).endpoint


def partials() -> dict[str, str]:
    """Every partial's file: where it lies and its word."""
    return {
        path.relative_to(PORTAL).as_posix(): path.stem.removeprefix("_")
        for path in PORTAL.rglob("_*.html")
    }


def calls(dependant: Dependant) -> set[Any]:
    """Everything a route depends on, however deep."""
    found = {dependant.call}
    for each in dependant.dependencies:
        found |= calls(each)
    return found


def test_every_route_has_a_name_of_its_own(app: FastAPI) -> None:
    names = [route.name for route in routes(app)]
    assert len(names) == len(set(names))


def test_a_routes_word_is_its_functions(app: FastAPI) -> None:
    for route in routes(app):
        area, colon, word = (route.name or "").partition(":")
        if colon:
            names = {word, f"{word}_{area.removesuffix('s')}"}
            assert endpoint(route).__name__ in names, route.name


def test_a_partial_has_one_word_in_four_places(
    app: FastAPI, ada: TestClient, people: dict[Someone, Person], sessions: sessionmaker[Session]
) -> None:
    mine = hand_in(sessions, people[ADA])
    by_name = {route.name: route for route in routes(app)}
    assert partials().keys() >= {"submissions/_status.html", "submissions/_history.html"}
    for file, word in partials().items():
        area = file.partition("/")[0]
        route = by_name[f"{area}:{word}"]
        assert endpoint(route).__name__ == word
        assert f'"{file}"' in inspect.getsource(endpoint(route))
        path = (route.path or "").replace("{slug}", SLUG)
        text = ada.get(path.replace("{submission_id}", str(mine.id))).text
        outermost = re.match(r'\s*<\w+ id="([\w-]+)"', text)
        assert outermost is not None, file
        assert outermost[1] == f"{area.removesuffix('s')}-{word}"


def test_who_is_public_is_said_here_and_everything_else_asks_who_it_is(app: FastAPI) -> None:
    for route in routes(app):
        if route.name in PUBLIC:
            continue
        needed = who_holds_the_token if is_api(route.path or "") else who_must_sign_in
        dependant = cast(APIRoute, route.original_route).dependant
        assert needed in calls(dependant), f"{route.name} lets anybody in"


def test_what_is_said_to_be_public_exists(app: FastAPI) -> None:
    assert PUBLIC.keys() <= {route.name for route in routes(app)}


def test_no_page_reads_a_token_and_no_api_a_cookie(app: FastAPI) -> None:
    for route in routes(app):
        original = route.original_route
        if not isinstance(original, APIRoute):
            continue
        forbidden: set[Any] = {who_is_asking, who_must_sign_in}
        if not is_api(route.path or ""):
            forbidden = {who_holds_the_token}
        assert not calls(original.dependant) & forbidden, route.name


@pytest.mark.usefixtures("broker")
def test_every_address_with_an_id_is_closed_to_everybody_but_its_owner(
    app: FastAPI,
    mallory: TestClient,
    mallory_api: TestClient,
    visitor: TestClient,
    stranger_api: TestClient,
    people: dict[Someone, Person],
    sessions: sessionmaker[Session],
) -> None:
    hers = hand_in(sessions, people[ADA], files=FILES)
    walked = 0
    for route in routes(app):
        path = (route.path or "").replace("{slug}", SLUG)
        if "{submission_id}" not in path:
            continue
        walked += 1
        path = path.replace("{submission_id}", str(hers.id))
        assert "{" not in path, f"{route.name} has an id this test does not know"
        others, nobody = (mallory, visitor) if not is_api(path) else (mallory_api, stranger_api)
        for method in route.methods or set():
            assert others.request(method, path).status_code == 404, route.name
            assert nobody.request(method, path).status_code in {303, 401}, route.name
    assert walked >= 5
    assert count(sessions) == 1


def test_a_visitor_changes_nothing_anywhere(
    app: FastAPI, visitor: TestClient, stranger_api: TestClient, sessions: sessionmaker[Session]
) -> None:
    for route in routes(app):
        path = (route.path or "").replace("{slug}", SLUG)
        client = stranger_api if is_api(path) else visitor
        for method in (route.methods or set()) - SAFE_METHODS:
            client.request(method, path, json={"files": FILES})
    assert count(sessions) == 0
