"""Whether a parcel is found again."""

import random

import httpx


def registered(api: httpx.Client, to: str, grams: int) -> dict[str, object]:
    parcel = api.post("/parcels", json={"to": to, "grams": grams}).json()
    assert isinstance(parcel, dict) and "id" in parcel, "expected a parcel with an `id`"
    return parcel


def receiver(rng: random.Random) -> str:
    return f"receiver {rng.getrandbits(60)}"


def test_by_its_number(api: httpx.Client, rng: random.Random) -> None:
    """A parcel is found by its number"""
    parcel = registered(api, receiver(rng), rng.randint(1, 30000))
    assert api.get(f"/parcels/{parcel['id']}").json() == parcel, "expected the same parcel"


def test_of_one_receiver(api: httpx.Client, rng: random.Random) -> None:
    """The list has the parcels of one receiver, in the order of their coming"""
    to = receiver(rng)
    own = [registered(api, to, rng.randint(1, 30000)) for _ in range(3)]
    registered(api, receiver(rng), 5)
    assert api.get("/parcels", params={"to": to}).json() == own, "expected three parcels"


def test_of_nobody(api: httpx.Client, rng: random.Random) -> None:
    """Who has no parcels gets an empty list"""
    answer = api.get("/parcels", params={"to": receiver(rng)})
    assert (answer.status_code, answer.json()) == (200, []), "expected 200 and an empty list"


def test_the_first_is_still_there(api: httpx.Client, rng: random.Random) -> None:
    """More parcels do not hide an earlier one"""
    first = registered(api, receiver(rng), 7)
    registered(api, receiver(rng), 8)
    assert api.get(f"/parcels/{first['id']}").json() == first, "expected the first parcel"
