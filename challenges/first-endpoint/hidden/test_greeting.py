"""Whether visitors are greeted, and greeted by the very name they gave."""

import random
from urllib.parse import quote

import httpx

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "äëïöüáéíóúñçøåßÉÜŁžščΔλжЯ漢字"
JOINTS = " -'"


def message_of(answer: httpx.Response, asked: str) -> object:
    """The value of `message`, once the answer has the right shape."""
    status = answer.status_code
    assert status == 200, f"{asked} should answer 200, it answered {status}"
    kind = answer.headers.get("content-type", "").lower()
    assert kind.partition(";")[0].strip() == "application/json", (
        f"{asked} should answer with the content type application/json"
    )
    body = answer.json()
    assert isinstance(body, dict), f"{asked} should answer with a JSON object"
    assert list(body) == ["message"], f"{asked} should have exactly one field, `message`"
    return body["message"]


def greeted(api: httpx.Client, name: str) -> object:
    answer = api.get("/hello/" + quote(name, safe=""))
    return message_of(answer, "GET /hello/{name}")


def word(rng: random.Random, letters: str, longest: int = 12) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.randint(1, longest)))


def test_the_root_welcomes(api: httpx.Client) -> None:
    """GET / answers the welcome message"""
    message = message_of(api.get("/"), "GET /")
    assert message == "Welcome to the depot", "the message of GET / is not the one stated"


def test_a_plain_name(api: httpx.Client, rng: random.Random) -> None:
    """GET /hello/{name} greets by name, in the case that was sent"""
    for name in (word(rng, PLAIN) for _ in range(6)):
        assert greeted(api, name) == f"Hello, {name}!", (
            "a name of plain letters should come back exactly as it was sent"
        )
    for name in (word(rng, PLAIN.lower()), word(rng, PLAIN.upper())):
        assert greeted(api, name) == f"Hello, {name}!", (
            "upper and lower case in a name should stay as they were sent"
        )


def test_a_name_with_digits(api: httpx.Client, rng: random.Random) -> None:
    """Digits in a name stay as they are"""
    for name in ("0" + word(rng, "0123456789"), word(rng, PLAIN) + word(rng, "0123456789")):
        assert greeted(api, name) == f"Hello, {name}!", (
            "a name with digits should come back exactly as it was sent"
        )


def test_a_name_that_the_url_encodes(api: httpx.Client, rng: random.Random) -> None:
    """Accents, other alphabets, spaces, hyphens and apostrophes survive the URL"""
    for joint in JOINTS:
        name = joint.join((word(rng, PLAIN + OTHER), word(rng, OTHER)))
        assert greeted(api, name) == f"Hello, {name}!", (
            "a name with accents, spaces, hyphens or apostrophes should come back decoded"
        )


def test_the_shortest_and_the_longest_name(api: httpx.Client, rng: random.Random) -> None:
    """Names of 1 and of 40 characters are greeted"""
    for length in (1, 40):
        name = "".join(rng.choice(PLAIN) for _ in range(length))
        assert greeted(api, name) == f"Hello, {name}!", (
            f"a name of {length} character(s) should be greeted"
        )
