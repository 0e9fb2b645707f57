"""Whether an error reaches the page as an error, and not as a riddle."""

import random
import string

import httpx

from support import ALLOW, SHOP, names_in, welcome

CREDENTIALS = "Access-Control-Allow-Credentials"
EXPOSED = "Access-Control-Expose-Headers"
CLOSE = {"Connection": "close"}  # servers hang up after a crash: nothing else goes this way


def word(rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(6, 9)))


def foreign(rng: random.Random) -> str:
    return f"https://{word(rng)}.test"


def check_error(api: httpx.Client, rng: random.Random, status: int, request: httpx.Request) -> None:
    """From each origin, and the CORS headers are those of a success."""
    asked = f"{request.method} that fails"
    for who, origin in welcome(api, rng).items():
        good = api.get("/seats", headers={"Origin": origin})
        assert good.status_code == 200, f"GET /seats should answer 200, not {good.status_code}"
        answer = sent(api, request, origin)
        found = answer.status_code
        assert found == status, f"{asked} should answer {status} from {who}, it answered {found}"
        allowed = answer.headers.get(ALLOW)
        assert allowed == origin, f"the {status} to {who} should have its origin in {ALLOW}"
        check_same_headers(answer, good, f"the {status} to {who}")
    for who, origin in (("a foreign origin", foreign(rng)), ("nobody", "")):
        answer = sent(api, request, origin)
        found = answer.status_code
        assert found == status, f"{asked} should answer {status} to {who}, it answered {found}"
        assert ALLOW not in answer.headers, f"the {status} to {who} should have no {ALLOW}"
        good = api.get("/seats", headers={"Origin": origin} if origin else {})
        check_same_vary(answer, good, f"the {status} to {who}")


def check_same_headers(answer: httpx.Response, good: httpx.Response, what: str) -> None:
    for header in (CREDENTIALS, EXPOSED):
        assert names_in(answer, header) == names_in(good, header), (
            f"{what} should have the same {header} as a 200"
        )
    check_same_vary(answer, good, what)


def check_same_vary(answer: httpx.Response, good: httpx.Response, what: str) -> None:
    if "origin" in names_in(good, "Vary"):
        assert names_in(answer, "Vary") & {"origin", "*"}, f"{what} should name Origin in Vary"


def sent(api: httpx.Client, request: httpx.Request, origin: str) -> httpx.Response:
    headers = {**request.headers, **CLOSE, **({"Origin": origin} if origin else {})}
    return api.request(request.method, request.url.path, headers=headers, content=request.content)


def made(method: str, path: str, body: str = "", signed_in: bool = True) -> httpx.Request:
    headers = {"Cookie": "session=1"} if signed_in else {}
    if body:
        headers["Content-Type"] = "application/json"
    request = httpx.Request(method, f"http://app{path}", content=body or None)
    request.headers = httpx.Headers(headers)
    return request


def test_signed_out(api: httpx.Client, rng: random.Random) -> None:
    """The 401 of the guard"""
    request = made("POST", "/bookings", '{"seat": "A1"}', signed_in=False)
    check_error(api, rng, 401, request)
    assert sent(api, request, SHOP).json() == {"detail": "Sign in first"}, (
        "the body of the 401 should be as before"
    )
    check_error(api, rng, 401, made("DELETE", "/bookings/A1", signed_in=False))


def test_options_of_somebody_signed_out(api: httpx.Client, rng: random.Random) -> None:
    """The guard's 401 to an OPTIONS that is no preflight"""
    for path in ("/bookings", "/bookings/A1"):
        check_error(api, rng, 401, made("OPTIONS", path, signed_in=False))


def test_not_there(api: httpx.Client, rng: random.Random) -> None:
    """The 404 of an unknown path, and of an unknown seat"""
    check_error(api, rng, 404, made("GET", f"/{word(rng)}"))
    check_error(api, rng, 404, made("POST", "/bookings", f'{{"seat": "{word(rng)}"}}'))
    check_error(api, rng, 404, made("DELETE", f"/bookings/{word(rng)}"))


def test_wrong_method(api: httpx.Client, rng: random.Random) -> None:
    """The 405 of a method that a path does not have, also of an OPTIONS that is no preflight"""
    check_error(api, rng, 405, made("DELETE", "/seats"))
    check_error(api, rng, 405, made("OPTIONS", "/seats"))


def test_bad_body(api: httpx.Client, rng: random.Random) -> None:
    """The 422 of a body without a seat"""
    check_error(api, rng, 422, made("POST", "/bookings", f'{{"{word(rng)}": "A1"}}'))
    check_error(api, rng, 422, made("POST", "/bookings", f'{{"seat": {rng.randint(1, 99)}}}'))


def test_the_unexpected(api: httpx.Client, rng: random.Random) -> None:
    """The 500 of an exception that nobody has foreseen"""
    for code in (f"full-{word(rng)}", word(rng), f"{word(rng)}-{rng.randint(1, 99)}"):
        check_error(api, rng, 500, made("GET", f"/quotes/{code}"))
