"""A walk of random requests beside a small model of the contract: every answer has to agree."""

import random

from fastapi.testclient import TestClient

from main import app

client = TestClient(app)
KEYS = {"front-desk": 0, "foyer-screen": 403, "somebody": 401, None: 401}
GOOD = {"owner": ["a", "Ada", "a" * 40], "hook": [1, 3, 9, 27, 81, 200], "note": ["", "n" * 100]}
BAD = {"owner": ["", "a" * 41, None], "hook": [0, 201, None], "note": ["n" * 101, None]}


def send(method, path, key, **more):
    return client.request(method, path, headers={"X-Key": key} if key else {}, **more)


class Walk:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.coats = []
        self.seen = set()

    def key(self):
        return self.random.choices(list(KEYS), [14, 2, 1, 1])[0]

    def hang(self):
        body = {name: self.random.choice(values) for name, values in GOOD.items()}
        key, status = self.key(), 201
        match self.random.randrange(8):
            case 0:
                name = self.random.choice(list(BAD))
                body[name], status = self.random.choice(BAD[name]), 422
            case 1:
                del body[self.random.choice(["owner", "hook"])]
                status = 422
            case 2 | 3:
                del body["note"]
        if status == 201 and KEYS[key]:
            status = KEYS[key]
        elif KEYS[key]:
            key = "front-desk"  # one mistake at a time
        if status == 201 and any(coat["hook"] == body["hook"] for coat in self.coats):
            status = 409
        answer = send("POST", "/coats", key, json=body)
        assert answer.status_code == status
        if status == 201:
            coat = answer.json()
            assert coat == {"note": "", **body, "id": coat["id"]}
            assert answer.headers["location"].endswith(f"/coats/{coat['id']}")
            assert coat["id"] not in self.seen
            self.seen.add(coat["id"])
            self.coats.append(coat)

    def some_id(self):
        gone = sorted(self.seen - {coat["id"] for coat in self.coats})
        alive = [coat["id"] for coat in self.coats]
        return self.random.choice(alive * 3 + gone) if alive or gone else None

    def look(self):
        number, key = self.some_id(), self.key()
        if number is None:
            return
        coat = next((coat for coat in self.coats if coat["id"] == number), None)
        status = 401 if KEYS[key] == 401 else 200
        if coat is None:
            key, status = "front-desk", 404
        answer = send("GET", f"/coats/{number}", key)
        assert answer.status_code == status
        if status == 200:
            assert answer.json() == coat

    def hand_out(self):
        number, key = self.some_id(), self.key()
        if number is None:
            return
        is_there = number in [coat["id"] for coat in self.coats]
        status = KEYS[key] or 204
        if not is_there:
            key, status = "front-desk", 404
        answer = send("DELETE", f"/coats/{number}", key)
        assert answer.status_code == status
        if status == 204:
            assert answer.content == b""
            self.coats = [coat for coat in self.coats if coat["id"] != number]

    def page(self):
        before = self.random.choice([None, 0, 1, 2, 40])
        length = self.random.choice([None, 1, 2, 50])
        query = {n: v for n, v in (("offset", before), ("limit", length)) if v is not None}
        key = self.key()
        answer = send("GET", "/coats", key, params=query)
        if KEYS[key] == 401:
            assert answer.status_code == 401
            return
        start = before or 0
        items = self.coats[start : start + (length or 10)]
        assert answer.json() == {"total": len(self.coats), "items": items}


def test_a_long_walk():
    walk = Walk(seed=7)
    for _ in range(50):
        walk.random.choice([walk.hang, walk.hang, walk.hand_out, walk.look, walk.page])()
    walk.page()
    for coat in walk.coats:
        assert send("DELETE", f"/coats/{coat['id']}", "front-desk").status_code == 204
    more_than_a_page()
    bounds()
    keys()


def keys():
    body = {"owner": "A", "hook": 150}
    for key, status in KEYS.items():
        if status:
            assert send("POST", "/coats", key, json=body).status_code == status
        reads = 401 if status == 401 else 200
        assert send("GET", "/coats", key).status_code == reads


def more_than_a_page():
    coats = [
        send("POST", "/coats", "front-desk", json={"owner": "A", "hook": hook}).json()
        for hook in range(10, 22)
    ]
    assert send("GET", "/coats", "front-desk").json() == {"total": 12, "items": coats[:10]}
    second = send("GET", "/coats", "front-desk", params={"offset": 3, "limit": 4}).json()
    assert second == {"total": 12, "items": coats[3:7]}


def bounds():
    for query, status in {"limit=0": 422, "limit=51": 422, "offset=-1": 422, "limit=50": 200}.items():
        assert send("GET", f"/coats?{query}", "front-desk").status_code == status
    for name, values in BAD.items():
        for value in values:
            body = {"owner": "A", "hook": 150, name: value}
            assert send("POST", "/coats", "front-desk", json=body).status_code == 422
    for name in ("owner", "hook"):
        body = {"owner": "A", "hook": 150}
        del body[name]
        assert send("POST", "/coats", "front-desk", json=body).status_code == 422
    for name, values in GOOD.items():
        for value in values:
            body = {"owner": "A", "hook": 150, name: value}
            answer = send("POST", "/coats", "front-desk", json=body)
            assert answer.status_code == 201
            path = f"/coats/{answer.json()['id']}"
            assert send("DELETE", path, "foyer-screen").status_code == 403
            assert send("DELETE", path, None).status_code == 401
            assert send("GET", path, "somebody").status_code == 401
            assert send("GET", path, "foyer-screen").json() == answer.json()
            assert send("DELETE", path, "front-desk").status_code == 204
