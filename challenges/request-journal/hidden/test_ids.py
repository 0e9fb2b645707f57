"""Which ids of clients are taken over, and what the others get."""

import random
import string

import httpx

from support import FORM

ALPHABET = string.ascii_letters + string.digits + "-_"
CROWD = 100
NOT_ALLOWED = (*" .,:;/+=$@{}()\"'", "é", "ß", "²", "ª")


def good_id(rng: random.Random, length: int) -> str:
    """It begins with a capital letter, so that the answer shows whether case is kept."""
    return rng.choice("GHIJKLMNOP") + "".join(rng.choices(ALPHABET, k=length - 1))


def id_of(answer: httpx.Response, asked: str) -> str:
    values = answer.headers.get_list("X-Request-ID")
    assert len(values) == 1, f"{asked} should answer with X-Request-ID once"
    value: str = values[0]
    return value


def answered(api: httpx.Client, sent: str | None, asked: str, path: str = "/basins/north") -> str:
    headers = [] if sent is None else [(b"X-Request-ID", sent.encode("latin-1"))]
    answer = api.get(path, headers=headers)
    return id_of(answer, asked)


def check_taken(api: httpx.Client, sent: str, what: str, path: str = "/basins/north") -> None:
    same = answered(api, sent, f"a call with {what}", path) == sent
    assert same, f"{what} fits the rule, so the answer should have this id, exactly as sent"


def new_id(api: httpx.Client, sent: str | None, what: str) -> str:
    """What a call gets whose id does not fit: something that has nothing to do with it."""
    asked = f"a call with {what}"
    found = answered(api, sent, asked)
    assert found != sent, f"{what} should not be taken over"
    assert FORM.fullmatch(found), (
        f"{asked} should get a new id of 8 to 64 letters, digits, `-` and `_`"
    )
    assert sent is None or found not in sent, f"{what} should not be cut to fit"
    return found


def check_new(api: httpx.Client, sent: str | None, what: str) -> None:
    """Two calls with an id that does not fit get two ids."""
    first, second = new_id(api, sent, what), new_id(api, sent, what)
    assert first != second, f"two calls with {what} should get two different ids"


def test_a_good_id_is_taken_over(api: httpx.Client, rng: random.Random) -> None:
    """An id that fits comes back as it was sent, every time"""
    sent = good_id(rng, rng.randint(9, 63))
    for _ in range(2):
        check_taken(api, sent, "an id that fits")
    every = "".join(rng.sample(ALPHABET, len(ALPHABET)))
    check_taken(api, every[:32], "an id of mixed characters")
    check_taken(api, every[32:], "an id of mixed characters")


def test_the_lengths_that_fit(api: httpx.Client, rng: random.Random) -> None:
    """Ids of 8 and of 64 characters are taken over"""
    for length in (8, 64):
        check_taken(api, good_id(rng, length), f"an id of {length} characters")


def test_a_good_id_on_an_error(api: httpx.Client, rng: random.Random) -> None:
    """A 404 has the id that was sent, too"""
    path = f"/{good_id(rng, 12)}"
    check_taken(api, good_id(rng, 20), "the id of a call that gets 404", path)


def test_no_id(api: httpx.Client) -> None:
    """A call without an id, or with an empty one, gets a new one"""
    check_new(api, None, "no id")
    check_new(api, "", "an empty id")


def test_the_lengths_that_do_not_fit(api: httpx.Client, rng: random.Random) -> None:
    """Ids of 7 and of 65 characters are replaced"""
    for length in (7, 65):
        check_new(api, good_id(rng, length), f"an id of {length} characters")


def test_other_characters(api: httpx.Client, rng: random.Random) -> None:
    """An id with any other character in it is replaced"""
    for character in rng.sample(NOT_ALLOWED, len(NOT_ALLOWED)):
        sent = good_id(rng, 9) + character + good_id(rng, 9)
        new_id(api, sent, f"an id with `{character}` in it")


def test_new_ids_differ(api: httpx.Client, rng: random.Random) -> None:
    """New ids are never the same, nor one that was sent before"""
    sent = good_id(rng, 16)
    found = [answered(api, sent, "a call")]
    found += [answered(api, None, "a call without an id") for _ in range(6)]
    found.append(answered(api, None, "a call to an unknown path", "/nowhere"))
    assert len(set(found)) == len(found), "every call without an id should get one of its own"


def test_calls_of_one_moment(api: httpx.Client) -> None:
    """A hundred calls that come in the same moment get a hundred different new ids"""
    shown = api.post(f"/driver/crowds/{CROWD}", json={"path": "/basins/north"}).json()
    starts = [start for call in shown for start in call["starts"]]
    found = [v for start in starts for n, v in start["headers"] if n.lower() == "x-request-id"]
    assert len(found) == CROWD, "each of a hundred calls at once should be answered with an id"
    assert len(set(found)) == CROWD, "calls that come in the same moment should get different ids"
