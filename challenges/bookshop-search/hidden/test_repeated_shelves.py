"""Whether the search takes one shelf or several, afresh with each request."""

import random
from itertools import combinations

import httpx

from support import OTHERS, SHELVES, check_search, telling, word

STOCKED = SHELVES[:5]


def check_shelves(api: httpx.Client, shelves: list[str]) -> None:
    check_search(api, shelf=shelves, limit=20)


def test_one_shelf(api: httpx.Client, rng: random.Random) -> None:
    """One `shelf` finds its books"""
    for shelf in rng.sample(STOCKED, 2):
        check_shelves(api, [shelf])


def test_several_shelves(api: httpx.Client, rng: random.Random) -> None:
    """Several shelves find the books on any of them, by title"""
    for count in (2, 3, 5):
        check_shelves(api, rng.sample(STOCKED, count))


def test_a_shelf_named_twice(api: httpx.Client, rng: random.Random) -> None:
    """A shelf that is named twice does not show its books twice"""
    first, second = rng.sample(STOCKED, 2)
    check_shelves(api, [first, second, first])
    check_shelves(api, [first, first])


def test_more_names_than_shelves(api: httpx.Client, rng: random.Random) -> None:
    """`shelf` may be repeated as often as one likes"""
    check_shelves(api, list(SHELVES))
    check_shelves(api, [*SHELVES, rng.choice(SHELVES)])
    check_shelves(api, rng.choices(STOCKED[:3], k=25))


def test_the_empty_shelf(api: httpx.Client, rng: random.Random) -> None:
    """The empty shelf finds nothing, and adds nothing to another"""
    check_shelves(api, ["maps"])
    check_shelves(api, [rng.choice(STOCKED), "maps"])


def test_a_search_forgets_the_one_before(api: httpx.Client, rng: random.Random) -> None:
    """A search knows nothing of the shelves of the one before"""
    first, second = rng.sample(STOCKED, 2)
    check_shelves(api, [first])
    check_shelves(api, [second])
    check_search(api, limit=20)
    check_shelves(api, [first, second])


def test_one_shelf_and_others(api: httpx.Client, rng: random.Random) -> None:
    """One shelf combines with every other parameter, and with any two of them"""
    for names in [*combinations(OTHERS, 1), *combinations(OTHERS, 2)]:
        check_search(api, **telling(rng, ("shelf", *names)))


def test_two_shelves_and_others(api: httpx.Client, rng: random.Random) -> None:
    """Two shelves combine with every other parameter, and with any two of them"""
    for names in [*combinations(OTHERS, 1), *combinations(OTHERS, 2)]:
        check_search(api, **telling(rng, ("shelf", *names), shelves=2))


def test_one_bad_shelf_is_enough(api: httpx.Client, rng: random.Random) -> None:
    """An unknown shelf answers 422, alone or among known ones"""
    shelf = rng.choice(STOCKED)
    check_shelves(api, [shelf])
    unknown = "x" + word(rng, 8)
    among = ([shelf, unknown], [unknown, shelf], [shelf, unknown, shelf])
    near = ([shelf.upper()], [shelf.capitalize()], [f"{shelf},maps"], [f"{shelf} "])
    for shelves in ([unknown], *among, *near):
        status = api.get("/books", params={"shelf": shelves}).status_code
        assert status == 422, f"an unknown `shelf` should answer 422, it answered {status}"
