"""Whether everything that was not asked for is honestly unknown."""

import random
import string

import httpx


def word(rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(9, 14)))


def check_the_service_is_there(api: httpx.Client) -> None:
    """An app that knows no path at all has not earned its 404s."""
    status = api.get("/").status_code
    assert 200 <= status < 300, f"GET / is a known path and should succeed, it answered {status}"


def check_unknown(answer: httpx.Response, asked: str) -> None:
    status = answer.status_code
    assert status == 404, f"{asked} should answer 404, it answered {status}"
    kind = answer.headers.get("content-type", "").lower()
    assert kind.partition(";")[0].strip() == "application/json", (
        f"the 404 of {asked} should have the content type application/json"
    )


def check_detail(answer: httpx.Response, asked: str) -> None:
    body = answer.json()
    assert isinstance(body, dict), f"the 404 of {asked} should be a JSON object"
    detail = body.get("detail")
    assert isinstance(detail, str) and detail, (
        f"the 404 of {asked} should have a text in the field `detail`"
    )


def test_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path answers 404 with a JSON detail"""
    check_the_service_is_there(api)
    for path in (f"/{word(rng)}", f"/{word(rng)}/{word(rng)}"):
        answer = api.get(path)
        check_unknown(answer, "GET on an unknown path")
        check_detail(answer, "GET on an unknown path")


def test_any_method_on_an_unknown_path(api: httpx.Client, rng: random.Random) -> None:
    """An unknown path answers 404 to every method"""
    check_the_service_is_there(api)
    for method in rng.sample(["HEAD", "POST", "PUT", "PATCH", "DELETE"], 5):
        answer = api.request(method, f"/{word(rng)}")
        check_unknown(answer, f"{method} on an unknown path")
        if method != "HEAD":
            check_detail(answer, f"{method} on an unknown path")


def test_paths_below_the_known_ones(api: httpx.Client, rng: random.Random) -> None:
    """A path below a known one answers 404"""
    check_the_service_is_there(api)
    for parent in ("/health", "/version", "/hello/" + word(rng)):
        answer = api.get(f"{parent}/{word(rng)}")
        shown = "/hello/{name}" if parent.startswith("/hello") else parent
        check_unknown(answer, f"GET on a path below {shown}")
        check_detail(answer, f"GET on a path below {shown}")


def test_hello_without_a_name(api: httpx.Client) -> None:
    """/hello without a name answers 404"""
    check_the_service_is_there(api)
    answer = api.get("/hello")
    check_unknown(answer, "GET /hello")
    check_detail(answer, "GET /hello")
