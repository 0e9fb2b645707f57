"""Whether the login form is taken, and its tokens are told apart."""

import random
import string
from typing import Any

import httpx

ACCOUNTS = {
    "ada": "tea & scones",
    "grace": "50% moth + 50% light",
    "linus": "süß=kalt",
}
EARLIEST = 25
FEWEST_VARIED = 6


def status_of(api: httpx.Client, form: dict[str, str]) -> int:
    return api.post("/login", data=form).status_code


def token_of(api: httpx.Client, user: str) -> str:
    """The token that a good login is answered with."""
    answer = api.post("/login", data={"username": user, "password": ACCOUNTS[user]})
    found = answer.status_code
    assert found == 200, f"the right password should be answered with 200, got {found}"
    said: Any = answer.json()
    assert isinstance(said, dict), "POST /login should answer with a JSON object"
    assert said.get("token_type") == "bearer", "`token_type` should be the text bearer"
    token = said.get("access_token")
    assert isinstance(token, str) and token, "`access_token` should be a text"
    fits = token.isascii() and token.isprintable() and " " not in token
    assert fits, "`access_token` should fit into a header"
    return token


def check_user(api: httpx.Client, token: str, user: str) -> None:
    answer = api.get("/me", headers={"Authorization": f"Bearer {token}"})
    found = answer.status_code
    assert found == 200, f"GET /me with a good token should answer 200, got {found}"
    assert answer.json() == {"username": user}, "GET /me should name the user of the token"


def test_everybody_can_log_in(api: httpx.Client, rng: random.Random) -> None:
    """Each account logs in with its password, and GET /me knows them by their tokens"""
    users = rng.sample(list(ACCOUNTS), 3)
    tokens = {user: token_of(api, user) for user in users}
    for user in rng.sample(users, 3):
        check_user(api, tokens[user], user)


def test_every_login_is_new(api: httpx.Client, rng: random.Random) -> None:
    """Every login gives a new token, and all the earlier ones stay good"""
    users = [rng.choice(list(ACCOUNTS)) for _ in range(rng.randint(130, 150))]
    tokens = [token_of(api, user) for user in users]
    assert len(set(tokens)) == len(tokens), "every login should give a new token"
    for user, token in list(zip(users, tokens, strict=True))[:EARLIEST]:
        check_user(api, token, user)


def test_wrong_passwords(api: httpx.Client, rng: random.Random) -> None:
    """A password that does not fit is answered with 401, as is a user who is not there"""
    user, other = rng.sample(list(ACCOUNTS), 2)
    right = ACCOUNTS[user]
    near = [right[:-1], right + rng.choice("x!"), f" {right}", f"{right} ", right.upper()]
    for wrong in (*near, ACCOUNTS[other], "пароль", "пароль €", "合言葉🎉"):
        found = status_of(api, {"username": user, "password": wrong})
        assert found == 401, f"a wrong password should be answered with 401, got {found}"
    stranger = "".join(rng.choice(string.ascii_lowercase) for _ in range(9))
    for name in (stranger, user.upper(), f"{user} ", "жених"):
        found = status_of(api, {"username": name, "password": right})
        assert found == 401, f"a user who is not there should be answered with 401, got {found}"
    found = status_of(api, {"username": stranger, "password": ""})
    assert found in (401, 422), f"nobody should get in without a password, got {found}"
    token_of(api, user)


def test_incomplete_forms(api: httpx.Client, rng: random.Random) -> None:
    """A form without one of its fields, and JSON instead of a form, are answered with 422"""
    user = rng.choice(list(ACCOUNTS))
    form = {"username": user, "password": ACCOUNTS[user]}
    for field, value in form.items():
        found = status_of(api, {field: value})
        assert found == 422, f"a form with nothing but {field} should get 422, got {found}"
    found = status_of(api, {rng.choice(string.ascii_lowercase): ACCOUNTS[user]})
    assert found == 422, f"a form with neither field should get 422, got {found}"
    found = api.post("/login", json=form).status_code
    assert found == 422, f"JSON instead of a form should be answered with 422, got {found}"
    token_of(api, user)


def test_tokens_that_are_none(api: httpx.Client, rng: random.Random) -> None:
    """GET /me answers 401 without a token, and with one that was never given out"""
    user = rng.choice(list(ACCOUNTS))
    token = token_of(api, user)
    found = api.get("/me").status_code
    assert found == 401, f"GET /me without a header should answer 401, got {found}"
    made_up = "".join(rng.choice(string.ascii_lowercase) for _ in range(32))
    for wrong in (made_up, token[:-1], token + "x", user):
        found = api.get("/me", headers={"Authorization": f"Bearer {wrong}"}).status_code
        assert found == 401, f"a token that was never given out should get 401, got {found}"
    check_user(api, token, user)


def test_tokens_cannot_be_guessed(api: httpx.Client, app: Any, rng: random.Random) -> None:
    """Tokens hardly resemble each other, and a service that starts anew gives out other ones"""
    user = rng.choice(list(ACCOUNTS))
    before = [token_of(api, user) for _ in range(8)]
    varied = sum(len(set(place)) > 1 for place in zip(*before, strict=False))
    assert varied >= FEWEST_VARIED, f"tokens should be random: only {varied} characters differ"
    app.start()
    after = [token_of(api, user) for _ in range(8)]
    assert not set(before) & set(after), "tokens should be random: a new start gave the same ones"
