"""Whether the tests are found, and whether they pass on the example."""

from typing import Any

import httpx


def outcomes_of(api: httpx.Client, seed: int, *, example: bool) -> dict[str, Any]:
    """What the driver tells of one run."""
    answer = api.post("/driver/run", params={"seed": seed, "example": example})
    assert answer.status_code == 200, "the tests broke the process that runs them"
    told = answer.json()
    assert isinstance(told, dict), "the tests broke the process that runs them"
    assert isinstance(told.get("outcomes"), dict), "the tests broke the process that runs them"
    assert not told.get("ended"), str(told["ended"])
    return told


def assert_passed(told: dict[str, Any]) -> None:
    """At least one test has run, and none has failed."""
    ended = set(told["outcomes"].values())
    assert ended, "no test was found: files are named test_*.py, functions test_..."
    assert ended <= {"passed", "skipped"}, f"a test failed on the example: {told.get('message')}"
    assert "passed" in ended, "every test was skipped"


def test_the_tests_are_found_and_pass(api: httpx.Client) -> None:
    """The tests are found, and they pass on the example"""
    assert_passed(outcomes_of(api, 1, example=True))


def test_they_pass_in_another_order(api: httpx.Client) -> None:
    """They pass in another order too"""
    assert_passed(outcomes_of(api, 2, example=True))


def test_a_service_that_does_nothing_is_noticed(api: httpx.Client, peer: Any) -> None:
    """A service that answers 404 to everything is noticed"""
    told = outcomes_of(api, 3, example=False)
    assert told["outcomes"], "no test was found: files are named test_*.py, functions test_..."
    assert set(told["outcomes"].values()) & {"failed", "error"}, "all tests passed on it"
