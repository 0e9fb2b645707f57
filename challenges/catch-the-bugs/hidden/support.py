"""What the hidden tests share."""

import httpx


def passes(api: httpx.Client, seed: int) -> bool:
    """Whether at least one test ran, and none failed."""
    answer = api.post("/driver/run", params={"seed": seed})
    assert answer.status_code == 200, "the tests broke the process that runs them"
    told = answer.json()
    assert isinstance(told, dict), "the tests broke the process that runs them"
    outcomes = told.get("outcomes")
    assert isinstance(outcomes, dict), "the tests broke the process that runs them"
    ended = list(outcomes.values())
    return not told.get("ended") and "passed" in ended and set(ended) <= {"passed", "skipped"}
