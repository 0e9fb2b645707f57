"""What the hidden tests share."""

import random
import string

import httpx

SHOP = "https://shop.hall.example"
DESK = "https://desk.hall.example:8443"
ALLOW = "Access-Control-Allow-Origin"


def partner(rng: random.Random) -> str:
    """A name of letters, digits and hyphens, that starts and ends as host names do."""
    inner = string.ascii_lowercase + string.digits + "-"
    ends = string.ascii_lowercase + string.digits
    middle = "".join(rng.choice(inner) for _ in range(rng.randint(1, 9)))
    return f"https://{rng.choice(ends)}{middle}{rng.choice(ends)}.partners.example"


def let_in(rng: random.Random) -> dict[str, str]:
    """One origin of each kind, by who it is."""
    return {"the web shop": SHOP, "the desk": DESK, "a partner's site": partner(rng)}


def welcome(api: httpx.Client, rng: random.Random) -> dict[str, str]:
    """Whom GET /seats lets in, and the web shop in any case: who is left out loses `origins`."""
    found = {}
    for who, origin in let_in(rng).items():
        allowed = api.get("/seats", headers={"Origin": origin}).headers.get(
            "Access-Control-Allow-Origin"
        )
        if origin == SHOP or allowed in (origin, "*"):
            found[who] = origin
    return found


def names_in(answer: httpx.Response, header: str) -> set[str]:
    """The names that a header lists, in lower case."""
    return {name.strip().lower() for name in answer.headers.get(header, "").split(",")} - {""}
