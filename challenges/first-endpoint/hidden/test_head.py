"""Whether HEAD tells the same as GET, minus the body."""

import random
from urllib.parse import quote

import httpx

from support import JOINTS, LETTERS, OTHER, word


def check_head(api: httpx.Client, rng: random.Random, path: str, shown: str) -> None:
    get = api.get(path)
    assert get.is_success, f"GET {shown} should succeed, it answered {get.status_code}"
    head = api.head(path)
    assert head.status_code == get.status_code, (
        f"HEAD {shown} should answer {get.status_code} as GET does, it answered {head.status_code}"
    )
    assert head.content == b"", f"HEAD {shown} should have no body"
    for header in ("Content-Type", "Content-Length"):
        assert head.headers.get(header) == get.headers.get(header), (
            f"HEAD {shown} should send the same {header} as GET"
        )
    # An app that says yes to every HEAD tells a load balancer nothing.
    unknown = api.head("/" + word(rng)).status_code
    assert unknown >= 400, f"HEAD on an unknown path should answer 404, it answered {unknown}"


def test_head_of_the_root(api: httpx.Client, rng: random.Random) -> None:
    """HEAD / answers as GET does, without a body"""
    check_head(api, rng, "/", "/")


def test_head_of_hello(api: httpx.Client, rng: random.Random) -> None:
    """HEAD /hello/{name} answers as GET does, without a body"""
    joined = word(rng, LETTERS, 2, 5) + rng.choice(JOINTS) + word(rng, OTHER, 2, 5)
    for name in (word(rng, LETTERS), joined):
        check_head(api, rng, "/hello/" + quote(name), "/hello/{name}")


def test_head_of_health(api: httpx.Client, rng: random.Random) -> None:
    """HEAD /health answers as GET does, without a body"""
    check_head(api, rng, "/health", "/health")


def test_head_of_version(api: httpx.Client, rng: random.Random) -> None:
    """HEAD /version answers as GET does, without a body"""
    check_head(api, rng, "/version", "/version")
