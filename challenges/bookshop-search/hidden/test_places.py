"""Whether a place may be a path of any depth."""

import random
import string
from typing import Any

import httpx

from support import check_list, json_in, stock


def inside(place: str) -> list[dict[str, Any]]:
    return [book for book in stock() if f"{book['place']}/".startswith(f"{place}/")]


def check_place(api: httpx.Client, place: str) -> None:
    asked = f"GET /places/ of a place with {len(place.split('/'))} name(s)"
    check_list(json_in(api.get(f"/places/{place}"), asked), inside(place), asked)


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
    unknown = "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(6, 9)))
    for name in (unknown, f"ground/{unknown}", f"{place}/{unknown}", "ground/nor", "north", "top"):
        answer = api.get(f"/places/{name}")
        status = answer.status_code
        assert status == 404, f"a place without books should answer 404, it answered {status}"
        body = answer.json()
        assert isinstance(body, dict) and "detail" in body, (
            "the 404 of a place should be a JSON object with a field `detail`"
        )
