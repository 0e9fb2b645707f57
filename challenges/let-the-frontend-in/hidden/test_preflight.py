"""Whether a preflight lets in what was agreed, read as a browser reads it."""

import itertools
import random
import string

import httpx

from support import DESK, SHOP, names_in, partner, welcome

HEADERS = ("content-type", "x-desk", "x-request-id")


def ask(api: httpx.Client, origin: str, path: str, method: str, headers: str) -> httpx.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    if headers:
        asked["Access-Control-Request-Headers"] = headers
    return api.options(path, headers=asked)


def methods_in(answer: httpx.Response) -> set[str]:
    """Methods are compared with their case."""
    value = answer.headers.get("Access-Control-Allow-Methods", "")
    return {method.strip() for method in value.split(",")}


def check_let_in(
    answer: httpx.Response, origin: str, method: str, headers: str, asked: str
) -> None:
    status = answer.status_code
    assert 200 <= status <= 299, f"{asked} should get a 2xx, it got {status}"
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    assert allowed == origin, f"{asked} should get its origin in Access-Control-Allow-Origin"
    methods = methods_in(answer)
    assert "*" not in methods, f"{asked}: with cookies a browser takes * for the name of a method"
    assert method in methods, f"{asked} should find {method} in Access-Control-Allow-Methods"
    names = names_in(answer, "Access-Control-Allow-Headers")
    assert "*" not in names, f"{asked}: with cookies a browser takes * for the name of a header"
    for name in filter(None, headers.split(",")):
        assert name.strip().lower() in names, (
            f"{asked} should find what it asked for in Access-Control-Allow-Headers"
        )
    age = answer.headers.get("Access-Control-Max-Age")
    assert age == "3600", f"{asked} should get Access-Control-Max-Age: 3600"


def is_refused(answer: httpx.Response, origin: str, method: str, headers: str) -> bool:
    """Whether a browser would stop here."""
    return (
        not 200 <= answer.status_code <= 299
        or answer.headers.get("Access-Control-Allow-Origin") != origin
        or method not in methods_in(answer)
        or not {*filter(None, headers.split(","))}
        <= names_in(answer, "Access-Control-Allow-Headers")
    )


def check_the_shop_is_let_in(api: httpx.Client) -> None:
    """An app that refuses every preflight has not earned its refusals."""
    answer = ask(api, SHOP, "/seats", "GET", "x-desk")
    check_let_in(answer, SHOP, "GET", "x-desk", "a preflight for GET /seats with x-desk")


def test_the_methods(api: httpx.Client, rng: random.Random) -> None:
    """GET, POST and DELETE are let in, on open and on guarded paths, without a cookie"""
    requests = [
        ("GET", "/seats"),
        ("GET", f"/quotes/full-{rng.randint(2, 90)}"),
        ("POST", "/bookings"),
        ("DELETE", "/bookings/A1"),
    ]
    for who, origin in welcome(api, rng).items():
        for method, path in requests:
            answer = ask(api, origin, path, method, "")
            check_let_in(answer, origin, method, "", f"a preflight for {method} from {who}")


def test_the_headers(api: httpx.Client) -> None:
    """Any of the three request headers is let in, alone and together"""
    for count in (1, 2, 3):
        for names in itertools.combinations(HEADERS, count):
            headers = ",".join(names)
            answer = ask(api, SHOP, "/bookings", "POST", headers)
            check_let_in(answer, SHOP, "POST", headers, f"a preflight with {headers}")


def test_the_case_of_a_header(api: httpx.Client) -> None:
    """The case of a request header does not matter"""
    for headers in ("Content-Type,X-Desk,X-Request-Id", "CONTENT-TYPE", "X-DESK", "x-Request-ID"):
        answer = ask(api, SHOP, "/bookings", "POST", headers)
        check_let_in(answer, SHOP, "POST", headers, "a preflight with headers in capitals")


def test_other_methods(api: httpx.Client, rng: random.Random) -> None:
    """PUT, PATCH and other methods are refused"""
    check_the_shop_is_let_in(api)
    for method in ("PUT", "PATCH", rng.choice(["PURGE", "QUERY", "REPORT"])):
        for path in ("/seats", "/bookings/A1"):
            origin = rng.choice([SHOP, DESK, partner(rng)])
            answer = ask(api, origin, path, method, "")
            assert is_refused(answer, origin, method, ""), (
                f"a preflight for {method} should be refused, a browser would go on"
            )


def test_other_headers(api: httpx.Client, rng: random.Random) -> None:
    """Other request headers are refused, also among allowed ones"""
    check_the_shop_is_let_in(api)
    other = "x-" + "".join(rng.choice(string.ascii_lowercase) for _ in range(8))
    parts = ["x-request", "desk", "content", "x-desk-2", f"x-des,{other}"]
    for headers in (other, f"content-type,{other}", "authorization", *parts):
        origin = rng.choice([SHOP, DESK, partner(rng)])
        answer = ask(api, origin, "/bookings", "POST", headers)
        assert is_refused(answer, origin, "POST", headers), (
            "a preflight with a header that was not agreed should be refused, a browser would go on"
        )
