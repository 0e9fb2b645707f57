"""Whether a place may be a path of any depth."""

import random
from typing import Any
from urllib.parse import quote

import httpx

from support import check_list, json_in, stock, use_the_shop, word


def inside(place: str) -> list[dict[str, Any]]:
    return [book for book in stock() if f"{book['place']}/".startswith(f"{place}/")]


def check_place(api: httpx.Client, place: str, **unknown: str) -> None:
    asked = f"GET /places/ of a place with {len(place.split('/'))} name(s)"
    if unknown:
        asked += " and with a parameter that is not its own"
    check_list(json_in(api.get(f"/places/{place}", params=unknown), asked), inside(place), asked)


def check_nothing_there(api: httpx.Client, place: str, what: str) -> None:
    answer = api.get(f"/places/{quote(place)}")
    status = answer.status_code
    assert status == 404, f"{what} should answer 404, it answered {status}"
    body = answer.json()
    assert isinstance(body, dict) and "detail" in body, (
        "the 404 of a place should be a JSON object with a field `detail`"
    )


def test_places_at_every_depth(api: httpx.Client, rng: random.Random) -> None:
    """A place of one, two or three names lists its books"""
    places = {str(book["place"]) for book in stock()} | {"ground", "first"}
    for place in rng.sample(sorted(places), len(places)):
        check_place(api, place)


def test_what_is_inside_counts_too(api: httpx.Client) -> None:
    """A place lists what stands further inside, and no neighbour with a longer name"""
    check_place(api, "ground/north/top")
    check_place(api, "ground/north")
    check_place(api, "ground/northwest")


def test_where_nothing_stands(api: httpx.Client, rng: random.Random) -> None:
    """A place without books answers 404"""
    place = rng.choice(stock())["place"]
    check_place(api, place)
    unknown = word(rng, rng.randint(6, 9))
    deep = "/".join(word(rng, 3) for _ in range(20))
    for name in (unknown, f"ground/{unknown}", f"{place}/{unknown}", f"{place}/{deep}", "straße"):
        check_nothing_there(api, name, "a place without books")
    for name in ("g", "groun", "ground/nor", "north", "top", "north/top", "ground/top"):
        check_nothing_there(api, name, "a place that is only a part of another's name")


def test_letter_for_letter(api: httpx.Client) -> None:
    """A place is compared letter for letter: no pattern, no other capitals"""
    check_place(api, "ground/north")
    patterns = ("g.ound", "ground/nor[a-z]+", "ground/north|first", "first/.*", "gr?und", "first/*")
    for name in (*patterns, "%", "ground/%", "g_ound", "ground/n____", "[g]round", "first/ea\\w+"):
        check_nothing_there(api, name, "a place with the signs of a pattern in it")
    for name in ("Ground", "GROUND/NORTH", "ground/North"):
        check_nothing_there(api, name, "a place with other capitals")


def test_what_was_asked_before(api: httpx.Client, rng: random.Random) -> None:
    """A place stays the same whatever was asked before, and with an unknown parameter"""
    use_the_shop(api, rng)
    for place in ("ground", "ground/north", "first/west"):
        check_place(api, place)
        check_place(api, place, **{rng.choice(["limit", "skip", "x" + word(rng, 6)]): "1"})
    check_place(api, "ground", limit="1")
    check_place(api, "ground", sort="price")
