"""Guessing passwords is slow for Mallory and never locks Ada out for good."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from portal.accounts.throttle import (
    MAX_REMEMBERED,
    WRONG_PASSWORDS,
    Throttle,
)
from portal.errors import TooManyTries
from tests.clients import TestClient
from tests.databases import ON_SQLITE
from tests.people import ADA

HOME = "192.0.2.1"
ELSEWHERE = "198.51.100.7"


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def fail(throttle: Throttle, times: int, email: str = ADA.email, address: str = HOME) -> None:
    for _ in range(times):
        throttle.count(email, address)


def test_a_few_mistakes_cost_nothing(throttle: Throttle) -> None:
    fail(throttle, WRONG_PASSWORDS.by_email - 1)
    throttle.check(ADA.email, HOME)


def test_each_further_mistake_waits_longer_and_none_longer_than_the_limit(
    throttle: Throttle, clock: Clock
) -> None:
    waits = []
    fail(throttle, WRONG_PASSWORDS.by_email - 1)
    for _ in range(8):
        fail(throttle, 1)
        with pytest.raises(TooManyTries) as refused:
            throttle.check(ADA.email, ELSEWHERE)
        waits.append(int(refused.value.headers["Retry-After"]))
        clock.now += waits[-1]
        throttle.check(ADA.email, ELSEWHERE)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_ten_thousand_guesses_keep_ada_out_for_half_a_minute_at_most(
    throttle: Throttle, clock: Clock
) -> None:
    fail(throttle, 10_000, address=ELSEWHERE)
    clock.now += WRONG_PASSWORDS.longest_wait_seconds
    throttle.check(ADA.email, HOME)


def test_a_refused_try_makes_nothing_longer(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, WRONG_PASSWORDS.by_email)
    for _ in range(100):
        with pytest.raises(TooManyTries):
            throttle.check(ADA.email, HOME)
    clock.now += 1
    throttle.check(ADA.email, HOME)


def test_an_address_that_tries_many_emails_is_slowed_down_too(throttle: Throttle) -> None:
    for number in range(WRONG_PASSWORDS.by_address):
        throttle.check(f"{number}@example.org", HOME)
        throttle.count(f"{number}@example.org", HOME)
    with pytest.raises(TooManyTries):
        throttle.check("another@example.org", HOME)
    throttle.check("another@example.org", ELSEWHERE)


def test_success_clears_the_email_and_not_the_address(throttle: Throttle) -> None:
    fail(throttle, WRONG_PASSWORDS.by_address)
    throttle.succeeded(ADA.email)
    throttle.check(ADA.email, ELSEWHERE)
    with pytest.raises(TooManyTries):
        throttle.check("mallory@example.org", HOME)


def test_old_mistakes_are_forgotten(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, WRONG_PASSWORDS.by_email + 10)
    clock.now += WRONG_PASSWORDS.forget_after_seconds + 1
    fail(throttle, WRONG_PASSWORDS.by_email - 1)
    throttle.check(ADA.email, HOME)


def test_what_is_remembered_has_a_limit(throttle: Throttle) -> None:
    for number in range(MAX_REMEMBERED + 100):
        throttle.count(f"{number}@example.org", HOME)
    fail(throttle, WRONG_PASSWORDS.by_email)
    with pytest.raises(TooManyTries):
        throttle.check(ADA.email, ELSEWHERE)
    assert len(throttle._tries) <= MAX_REMEMBERED


@ON_SQLITE
@pytest.mark.parametrize("email", [ADA.email, "nobody@example.org"])
def test_the_page_and_the_api_say_how_long_to_wait_and_not_whether_there_is_an_account(
    app: FastAPI, visitor: TestClient, stranger_api: TestClient, email: str
) -> None:
    fail(app.state.throttle, WRONG_PASSWORDS.by_email + 2, email, ELSEWHERE)
    page = visitor.post("/sign-in", data={"email": email, "password": ADA.password})
    problem = stranger_api.post("/api/v1/token", data={"username": email, "password": ADA.password})
    for answer in (page, problem):
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 4
        assert "wrong passwords in a row" in answer.text


@ON_SQLITE
def test_wrong_passwords_on_the_page_are_counted(app: FastAPI, visitor: TestClient) -> None:
    statuses = [
        visitor.post("/sign-in", data={"email": ADA.email, "password": "x"}).status_code
        for _ in range(WRONG_PASSWORDS.by_email + 1)
    ]
    assert statuses == [401] * WRONG_PASSWORDS.by_email + [429]
