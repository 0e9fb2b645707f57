"""Whether everybody else is kept out, and the service still answers them."""

import random
import string

import httpx

from support import ALLOW, DESK, SHOP, let_in, partner


def check_not_let_in(api: httpx.Client, origin: str, what: str) -> None:
    """One request and one preflight; an app that lets nobody in has not earned this."""
    good = api.get("/seats", headers={"Origin": SHOP})
    assert good.status_code == 200, f"GET /seats should answer 200, not {good.status_code}"
    assert good.headers.get(ALLOW) in (SHOP, "*"), "the web shop should be let in"
    answer = api.get("/seats", headers={"Origin": origin})
    status = answer.status_code
    assert status == 200, f"GET /seats should answer 200 from {what} too, it answered {status}"
    assert answer.json() == good.json(), f"GET /seats should answer the same from {what}"
    assert ALLOW not in answer.headers, f"there should be no {ALLOW} for {what}"
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    answer = api.options("/seats", headers=asked)
    assert ALLOW not in answer.headers, f"a preflight should have no {ALLOW} for {what}"


def word(rng: random.Random) -> str:
    return "".join(rng.choice(string.ascii_lowercase) for _ in range(rng.randint(4, 8)))


def test_strangers(api: httpx.Client, rng: random.Random) -> None:
    """An unknown origin, or null, is not let in"""
    check_not_let_in(api, f"https://{word(rng)}.example", "an unknown origin")
    check_not_let_in(api, f"https://{word(rng)}.hall.example", "another name below hall.example")
    check_not_let_in(api, "https://hall.example", "the hall's own address")
    check_not_let_in(api, "null", "the origin null")


def test_another_scheme(api: httpx.Client, rng: random.Random) -> None:
    """http instead of https is not let in"""
    for who, origin in let_in(rng).items():
        check_not_let_in(api, origin.replace("https:", "http:"), f"{who} over http")


def test_another_port(api: httpx.Client, rng: random.Random) -> None:
    """Another port, or none where there should be one, is not let in"""
    port = rng.randint(1024, 8000)
    check_not_let_in(api, f"{SHOP}:{port}", "the web shop on another port")
    check_not_let_in(api, f"{SHOP}:8443", "the web shop on the desk's port")
    check_not_let_in(api, DESK.removesuffix(":8443"), "the desk without its port")
    check_not_let_in(api, DESK.replace("8443", str(port)), "the desk on another port")
    check_not_let_in(api, f"{partner(rng)}:{port}", "a partner's site on another port")


def test_more_behind_the_name(api: httpx.Client, rng: random.Random) -> None:
    """An origin that only starts like an allowed one is not let in"""
    for who, origin in let_in(rng).items():
        check_not_let_in(api, f"{origin}.{word(rng)}.test", f"an origin that starts like {who}")
        check_not_let_in(api, f"{origin}{rng.randint(1, 9)}", f"an origin that starts like {who}")


def test_more_before_the_name(api: httpx.Client, rng: random.Random) -> None:
    """An origin that only ends like an allowed one is not let in"""
    for who, origin in let_in(rng).items():
        host = origin.removeprefix("https://")
        if origin in (SHOP, DESK):
            check_not_let_in(api, f"https://{word(rng)}{host}", f"an origin that ends like {who}")
        check_not_let_in(api, f"https://{word(rng)}.{host}", f"a name in front of {who}")
    similar = f"https://{word(rng)}partners.example"
    check_not_let_in(api, similar, "an origin that ends like a partner's site, without the dot")


def test_a_partner_without_a_name(api: httpx.Client) -> None:
    """https://partners.example itself is not let in"""
    check_not_let_in(api, "https://partners.example", "partners.example without a name")


def test_other_characters_in_a_name(api: httpx.Client, rng: random.Random) -> None:
    """A partner's name with other characters than those agreed on is not let in"""
    name = word(rng)
    spot = rng.randrange(1, len(name))
    others = (rng.choice(string.ascii_uppercase), "_", "+")
    for other in (name.upper(), *(name[:spot] + each + name[spot:] for each in others)):
        origin = f"https://{other}.partners.example"
        check_not_let_in(api, origin, "a partner's name with a character that was not agreed on")


def test_a_dot_is_a_dot(api: httpx.Client, rng: random.Random) -> None:
    """Another character where a dot should be is not let in"""
    for who, origin in let_in(rng).items():
        head, _, tail = origin.rpartition(".")
        check_not_let_in(api, f"{head}{rng.choice('xyz-')}{tail}", f"an origin close to {who}")
