"""Whether a known path refuses the methods that it does not offer, and says which it does."""

import random
from urllib.parse import quote

import httpx

from support import ACCEPTS, JOINTS, LETTERS, OTHER, REFUSED, check_detail, check_type, word


def check_refused(api: httpx.Client, rng: random.Random, path: str, shown: str) -> None:
    status = api.get(path).status_code
    assert 200 <= status < 300, f"GET {shown} should succeed, it answered {status}"
    for method in rng.sample(REFUSED, len(REFUSED)):
        asked = f"{method} {shown}"
        for accept in ACCEPTS:
            answer = api.request(method, path, headers=accept)
            status = answer.status_code
            assert status == 405, f"{asked} should answer 405, it answered {status}"
            check_allow(answer, asked)
            check_type(answer, asked)
            check_detail(answer, asked)


def check_allow(answer: httpx.Response, asked: str) -> None:
    allow = answer.headers.get("allow")
    assert allow is not None, f"the 405 of {asked} should have an Allow header"
    methods = {method.strip() for method in allow.split(",")}
    assert "GET" in methods, f"the Allow header of {asked} should contain GET, in capitals"


def test_the_root(api: httpx.Client, rng: random.Random) -> None:
    """The root offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/", "/")


def test_hello(api: httpx.Client, rng: random.Random) -> None:
    """/hello/{name} offers GET and refuses POST, PUT, PATCH and DELETE"""
    joined = word(rng, LETTERS, 2, 5) + rng.choice(JOINTS) + word(rng, OTHER, 2, 5)
    for name in (word(rng, LETTERS), joined):
        check_refused(api, rng, "/hello/" + quote(name), "/hello/{name}")


def test_health(api: httpx.Client, rng: random.Random) -> None:
    """/health offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/health", "/health")


def test_version(api: httpx.Client, rng: random.Random) -> None:
    """/version offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/version", "/version")
