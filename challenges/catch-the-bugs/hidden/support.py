"""What the hidden tests share."""

import httpx

TAKES_TOO_LONG = (
    "the tests did not come to an end on a service that keeps the contract: a run has 10 s of "
    "processor time, and 60 s in all"
)


def passes(api: httpx.Client, seed: int, *, has_to_end: bool) -> bool:
    """Whether at least one test ran, and none failed."""
    answer = api.post("/driver/run", params={"seed": seed})
    assert answer.status_code == 200, "the tests broke the process that runs them"
    told = answer.json()
    assert isinstance(told, dict), "the tests broke the process that runs them"
    outcomes = told.get("outcomes")
    assert isinstance(outcomes, dict), "the tests broke the process that runs them"
    assert not (has_to_end and told.get("ended")), TAKES_TOO_LONG
    ended = list(outcomes.values())
    return not told.get("ended") and "passed" in ended and set(ended) <= {"passed", "skipped"}
