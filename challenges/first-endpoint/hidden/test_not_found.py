"""Whether everything that was not asked for is honestly unknown."""

import random

import httpx

from support import ACCEPTS, LETTERS, REFUSED, check_detail, check_type, word


def check_the_service_is_there(api: httpx.Client) -> None:
    """An app that knows no path at all has not earned its 404s."""
    status = api.get("/").status_code
    assert 200 <= status < 300, f"GET / is a known path and should succeed, it answered {status}"


def check_unknown(answer: httpx.Response, asked: str) -> None:
    status = answer.status_code
    assert status == 404, f"{asked} should answer 404, it answered {status}"
    check_type(answer, asked)
    if not asked.startswith("HEAD"):
        check_detail(answer, asked)


def check_every_method(api: httpx.Client, rng: random.Random, path: str, shown: str) -> None:
    for method in rng.sample(["GET", "HEAD", *REFUSED], 6):
        check_unknown(api.request(method, path), f"{method} {shown}")


def test_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path answers 404 with a JSON detail"""
    check_the_service_is_there(api)
    for path in (f"/{word(rng)}", f"/{word(rng)}/{word(rng)}"):
        for accept in ACCEPTS:
            check_unknown(api.get(path, headers=accept), "GET on an unknown path")


def test_any_method_on_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path answers 404 to every method"""
    check_the_service_is_there(api)
    check_every_method(api, rng, f"/{word(rng)}", "on an unknown path")


def test_paths_below_the_known_ones(api: httpx.Client, rng: random.Random) -> None:
    """A path below a known one answers 404 to every method"""
    check_the_service_is_there(api)
    name = word(rng, LETTERS)
    for parent, shown in (
        ("/health", "/health"),
        ("/version", "/version"),
        (f"/hello/{name}", "/hello/{name}"),
    ):
        for rest in (word(rng), f"{word(rng)}/{word(rng)}"):
            check_every_method(api, rng, f"{parent}/{rest}", f"on a path below {shown}")


def test_hello_without_a_name(api: httpx.Client, rng: random.Random) -> None:
    """/hello without a name answers 404 to every method"""
    check_the_service_is_there(api)
    check_every_method(api, rng, "/hello", "/hello")


def test_paths_like_the_known_ones(api: httpx.Client, rng: random.Random) -> None:
    """A path that only resembles a known one answers 404"""
    check_the_service_is_there(api)
    capitals = ["/Health", "/HEALTH", "/Version", "/VERSION", "/Hello/Ada", "/HELLO/Ada"]
    longer = [f"/{known}{word(rng)}" for known in ("health", "version", "hello")]
    deeper = [f"/{word(rng)}{known}" for known in ("/health", "/version", "/hello/Ada")]
    for path in (*capitals, *longer, *deeper, "/healthz", "/versions"):
        check_unknown(api.get(path), "GET on a path that only resembles a known one")
