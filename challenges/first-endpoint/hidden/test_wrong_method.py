"""Whether a known path refuses the methods that it does not offer, and says which it does."""

import random
import string

import httpx

METHODS = ["POST", "PUT", "PATCH", "DELETE"]


def check_refused(api: httpx.Client, rng: random.Random, path: str, shown: str) -> None:
    status = api.get(path).status_code
    assert 200 <= status < 300, f"GET {shown} should succeed, it answered {status}"
    for method in rng.sample(METHODS, len(METHODS)):
        answer = api.request(method, path)
        status = answer.status_code
        assert status == 405, f"{method} {shown} should answer 405, it answered {status}"
        check_allow(answer, f"{method} {shown}")
        check_body(answer, f"{method} {shown}")


def check_allow(answer: httpx.Response, asked: str) -> None:
    allow = answer.headers.get("allow")
    assert allow is not None, f"the 405 of {asked} should have an Allow header"
    methods = {method.strip().upper() for method in allow.split(",")}
    assert "GET" in methods, f"the Allow header of {asked} should contain GET"


def check_body(answer: httpx.Response, asked: str) -> None:
    kind = answer.headers.get("content-type", "").lower()
    assert kind.partition(";")[0].strip() == "application/json", (
        f"the 405 of {asked} should have the content type application/json"
    )
    body = answer.json()
    assert isinstance(body, dict), f"the 405 of {asked} should be a JSON object"
    detail = body.get("detail")
    assert isinstance(detail, str) and detail, (
        f"the 405 of {asked} should have a text in the field `detail`"
    )


def test_the_root(api: httpx.Client, rng: random.Random) -> None:
    """The root offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/", "/")


def test_hello(api: httpx.Client, rng: random.Random) -> None:
    """/hello/{name} offers GET and refuses POST, PUT, PATCH and DELETE"""
    name = "".join(rng.choice(string.ascii_letters) for _ in range(rng.randint(2, 10)))
    check_refused(api, rng, f"/hello/{name}", "/hello/{name}")


def test_health(api: httpx.Client, rng: random.Random) -> None:
    """/health offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/health", "/health")


def test_version(api: httpx.Client, rng: random.Random) -> None:
    """/version offers GET and refuses POST, PUT, PATCH and DELETE"""
    check_refused(api, rng, "/version", "/version")
