"""Whether POST pins a notice, and refuses what is no notice."""

import random
import string
from typing import Any

import httpx

LETTERS = string.ascii_letters + "äéñøλж漢"
LONGEST = 80


def some_text(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(length))


def check_pinned(api: httpx.Client, text: str, number: int) -> None:
    answer = api.post("/notices", json={"text": text})
    status = answer.status_code
    assert status == 201, f"POST of a text of {len(text)} should answer 201, it answered {status}"
    notice = answer.json()
    assert isinstance(notice, dict), "POST /notices should answer with a JSON object"
    assert notice.keys() == {"id", "text"}, "a notice should have exactly `id` and `text`"
    assert notice["text"] == text, "`text` should come back exactly as it was sent"
    found = notice["id"]
    assert type(found) is int and found == number, f"notice {number} should have the id {number}"


def check_refused(api: httpx.Client, body: dict[str, Any], what: str) -> None:
    status = api.post("/notices", json=body).status_code
    assert status == 422, f"POST of {what} should answer 422, it answered {status}"


def test_a_notice(api: httpx.Client, rng: random.Random) -> None:
    """POST answers 201 with the notice, and ids count from 1"""
    for number in (1, 2, 3):
        check_pinned(api, some_text(rng, rng.randint(5, 70)), number)
    check_pinned(api, f" {some_text(rng, 9)} ", 4)


def test_the_shortest_and_the_longest_text(api: httpx.Client, rng: random.Random) -> None:
    """Texts of 1 and of 80 characters are accepted"""
    check_pinned(api, some_text(rng, 1), 1)
    check_pinned(api, some_text(rng, LONGEST), 2)


def test_what_is_no_notice(api: httpx.Client, rng: random.Random) -> None:
    """A text that is missing, empty or too long is refused with 422"""
    check_pinned(api, some_text(rng, 20), 1)
    check_refused(api, {}, "an object without `text`")
    check_refused(api, {"text": ""}, "an empty text")
    check_refused(api, {"text": some_text(rng, LONGEST + 1)}, f"{LONGEST + 1} characters")
    check_refused(api, {"text": some_text(rng, rng.randint(100, 300))}, "a very long text")
