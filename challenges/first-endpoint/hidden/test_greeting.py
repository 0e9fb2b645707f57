"""Whether visitors are greeted, and greeted by the very name they gave."""

import random
import string
from urllib.parse import quote

import httpx

from support import ACCEPTS, BROWSER, JOINTS, LETTERS, OTHER, check_type, word

DIGITS = string.digits


def message_of(answer: httpx.Response, asked: str) -> object:
    """The value of `message`, once the answer has the right shape."""
    status = answer.status_code
    assert status == 200, f"{asked} should answer 200, it answered {status}"
    check_type(answer, asked)
    body = answer.json()
    assert isinstance(body, dict), f"{asked} should answer with a JSON object"
    assert list(body) == ["message"], f"{asked} should have exactly one field, `message`"
    return body["message"]


def check_greeted(api: httpx.Client, name: str, why: str) -> None:
    answer = api.get("/hello/" + quote(name, safe=""))
    assert message_of(answer, "GET /hello/{name}") == f"Hello, {name}!", why


def test_the_root_welcomes(api: httpx.Client) -> None:
    """GET / answers the welcome message"""
    for accept in ACCEPTS:
        message = message_of(api.get("/", headers=accept), "GET /")
        assert message == "Welcome to the depot", "the message of GET / is not the one stated"


def test_a_plain_name(api: httpx.Client, rng: random.Random) -> None:
    """GET /hello/{name} greets by name, in the case that was sent"""
    for letters in (*[LETTERS] * 6, LETTERS.lower(), LETTERS.upper()):
        name = word(rng, letters, 1, 12)
        check_greeted(api, name, "a name of plain letters should come back exactly as it was sent")


def test_a_browser_is_greeted_too(api: httpx.Client, rng: random.Random) -> None:
    """A browser gets the same JSON from GET /hello/{name}"""
    name = word(rng, LETTERS)
    answer = api.get(f"/hello/{name}", headers=BROWSER)
    message = message_of(answer, "GET /hello/{name}")
    assert message == f"Hello, {name}!", "a browser should get the same greeting as anybody else"


def test_a_name_with_digits(api: httpx.Client, rng: random.Random) -> None:
    """Digits in a name stay as they are"""
    for name in ("0" + word(rng, DIGITS, 1, 12), word(rng, LETTERS, 1, 12) + word(rng, DIGITS)):
        check_greeted(api, name, "a name with digits should come back exactly as it was sent")


def test_a_name_that_the_url_encodes(api: httpx.Client, rng: random.Random) -> None:
    """Accents, other alphabets, spaces, hyphens and apostrophes survive the URL"""
    some = LETTERS + OTHER
    names = [word(rng, some, 1, 12) + joint + word(rng, OTHER, 1, 12) for joint in JOINTS]
    first, second, third = rng.sample(JOINTS, 3)
    parts = [word(rng, some, 1, 9) for _ in range(4)]
    for name in (*names, parts[0] + first + parts[1] + second + parts[2] + third + parts[3]):
        check_greeted(
            api,
            name,
            "a name with accents, spaces, hyphens or apostrophes should come back decoded",
        )


def test_a_letter_is_not_replaced(api: httpx.Client, rng: random.Random) -> None:
    """Letters are not exchanged for others that look the same"""
    korean = chr(rng.randint(0x1100, 0x1112)) + chr(rng.randint(0x1161, 0x1175))
    wide = "".join(chr(rng.randint(0xFF21, 0xFF3A)) for _ in range(3))
    for name in (korean, wide):
        check_greeted(api, name, "a name should come back with the very letters that were sent")


def test_the_shortest_and_the_longest_name(api: httpx.Client, rng: random.Random) -> None:
    """Names of 1 and of 40 characters are greeted, in any alphabet"""
    for letters in (LETTERS, OTHER, DIGITS):
        for length in (1, 40):
            name = word(rng, letters, length, length)
            check_greeted(api, name, f"a name of {length} character(s) should be greeted")
