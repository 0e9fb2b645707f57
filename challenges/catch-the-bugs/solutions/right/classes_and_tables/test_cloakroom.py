"""Tests in classes, with tables of requests and what they have to be answered with."""

import random
import string
from itertools import cycle

import pytest
from fastapi.testclient import TestClient

from main import app

SAMPLES = random.Random()
HOOKS = cycle(SAMPLES.sample(range(2, 200), 198))


@pytest.fixture(scope="session")
def api():
    with TestClient(app) as client:
        yield client


@pytest.fixture
def desk(api):
    return Desk(api)


class Desk:
    """The front desk, which tidies up after itself."""

    def __init__(self, api):
        self.api = api
        self.hung = []

    def send(self, method, path, key="front-desk", **more):
        return self.api.request(method, path, headers={"X-Key": key} if key else {}, **more)

    def everything(self):
        coats = []
        while True:
            page = self.send("GET", "/coats", params={"offset": len(coats), "limit": 50}).json()
            coats += page["items"]
            if not page["items"]:
                assert page["total"] == len(coats)
                return coats

    def hang(self, **fields):
        body = {"owner": "Grace", "hook": next(HOOKS), **fields}
        answer = self.send("POST", "/coats", json=body)
        if answer.status_code == 201:
            self.hung.append(answer.json()["id"])
        return answer

    def leave(self):
        for number in self.hung:
            self.send("DELETE", f"/coats/{number}")


@pytest.fixture(autouse=True)
def tidy(desk):
    yield
    desk.leave()


class TestCoats:
    def test_life(self, desk):
        words = "".join(SAMPLES.choices(string.ascii_letters, k=12))
        answer = desk.hang(note=words)
        assert answer.status_code == 201
        coat = answer.json()
        assert set(coat) == {"id", "owner", "hook", "note"}
        assert (coat["owner"], coat["note"]) == ("Grace", words)
        path = f"/coats/{coat['id']}"
        assert answer.headers["Location"].endswith(path)
        assert desk.send("GET", path).json() == coat
        gone = desk.send("DELETE", path)
        assert gone.status_code == 204
        assert gone.text == ""
        assert desk.send("GET", path).status_code == 404
        assert desk.send("DELETE", path).status_code == 404
        assert coat not in desk.everything()

    def test_hook_is_shared_in_turns(self, desk):
        hook = next(HOOKS)
        first = desk.hang(hook=hook).json()
        assert desk.hang(hook=hook, owner="Linus").status_code == 409
        assert desk.send("GET", f"/coats/{first['id']}").json() == first
        desk.send("DELETE", f"/coats/{first['id']}")
        second = desk.hang(hook=hook, owner="Linus")
        assert second.status_code == 201
        assert second.json()["id"] != first["id"]


class TestFields:
    @pytest.mark.parametrize(
        ("field", "good", "bad"),
        [
            ("owner", ["x", "x" * 40], ["", "x" * 41, 5]),
            ("hook", [1, 200], [0, 201, -3]),
            ("note", ["", "x" * 100], ["x" * 101]),
        ],
    )
    def test_bounds(self, desk, field, good, bad):
        for value in good:
            assert desk.hang(**{field: value}).status_code == 201, (field, value)
        for value in bad:
            assert desk.hang(**{field: value}).status_code == 422, (field, value)

    @pytest.mark.parametrize("missing", ["owner", "hook"])
    def test_needed(self, desk, missing):
        body = {"owner": "Grace", "hook": next(HOOKS)}
        del body[missing]
        assert desk.send("POST", "/coats", json=body).status_code == 422

    def test_note_is_empty_when_left_out(self, desk):
        assert desk.hang().json()["note"] == ""


class TestKeys:
    @pytest.mark.parametrize(
        ("key", "reads", "writes"),
        [(None, 401, 401), ("nobody", 401, 401), ("foyer-screen", 200, 403)],
    )
    def test_who_may_what(self, desk, key, reads, writes):
        coat = desk.hang().json()
        path = f"/coats/{coat['id']}"
        assert desk.send("GET", "/coats", key).status_code == reads
        assert desk.send("GET", path, key).status_code == reads
        hook = next(HOOKS)
        assert desk.send("POST", "/coats", key, json={"owner": "E", "hook": hook}).status_code == writes
        assert desk.send("DELETE", path, key).status_code == writes
        assert desk.send("GET", path).json() == coat
        assert hook not in {each["hook"] for each in desk.everything()}


class TestPages:
    def test_order_and_cut(self, desk):
        for _ in range(11):
            desk.hang()
        coats = desk.everything()
        mine = [coat["id"] for coat in coats if coat["id"] in desk.hung]
        assert mine == desk.hung
        for query, part in [
            ({}, coats[:10]),
            ({"limit": 3}, coats[:3]),
            ({"offset": 2}, coats[2:12]),
            ({"offset": 2, "limit": 5}, coats[2:7]),
        ]:
            page = desk.send("GET", "/coats", params=query).json()
            assert page == {"total": len(coats), "items": part}, query

    @pytest.mark.parametrize("query", ["limit=0", "limit=51", "offset=-1", "limit=many"])
    def test_impossible(self, desk, query):
        assert desk.send("GET", f"/coats?{query}").status_code == 422

    def test_longest(self, desk):
        assert desk.send("GET", "/coats?limit=50").status_code == 200
        assert desk.send("GET", "/coats?limit=1").status_code == 200
