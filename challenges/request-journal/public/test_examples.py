"""The examples of the statement: Run checks these, and you see all of them."""

from typing import Any

import httpx


def check_status(answer: httpx.Response, status: int) -> None:
    found = answer.status_code
    assert found == status, f"expected status {status}, got {found}: {answer.text[:200]}"


def header(answer: httpx.Response, name: str) -> str:
    values = answer.headers.get_list(name)
    assert len(values) == 1, f"expected the header {name} once, it came {len(values)} times"
    value: str = values[0]
    return value


def entry_of(api: httpx.Client, method: str, path: str) -> dict[str, Any]:
    """The only entry of this call in the journal."""
    going_on = api.get("/driver/going-on", params={"path": path}).json()
    assert going_on == 0, f"{method} {path} should be over by now"
    journal = api.get("/journal").json()
    assert isinstance(journal, list), f"expected a list, got {str(journal)[:200]}"
    call = f"{method} {path}"
    found = [each for each in journal if isinstance(each, dict) and each.get("call") == call]
    assert len(found) == 1, f"expected one entry of {call}, found {len(found)}"
    return found[0]


def test_a_call_has_an_id_and_a_time(api: httpx.Client) -> None:
    """Every answer has X-Request-ID and X-Process-Time"""
    answer = api.get("/basins/north")
    check_status(answer, 200)
    assert header(answer, "X-Request-ID"), "X-Request-ID should not be empty"
    time = header(answer, "X-Process-Time")
    is_number = time.strip().replace(".", "", 1).isdigit()
    assert is_number, f"X-Process-Time should be a number such as 12 or 12.7, it is {time!r}"


def test_an_id_of_the_client(api: httpx.Client) -> None:
    """An id that fits is taken over, and the code of the route is told it"""
    answer = api.get("/basins/south", headers={"X-Request-ID": "barge-Marie_07"})
    check_status(answer, 200)
    found = header(answer, "X-Request-ID")
    assert found == "barge-Marie_07", f"expected the id that was sent, got {found!r}"
    expected = {"basin": "south", "level": 187, "call": "barge-Marie_07"}
    assert answer.json() == expected, f"expected {expected}, got {answer.text[:200]}"


def test_an_id_that_does_not_fit(api: httpx.Client) -> None:
    """An id with other characters is replaced"""
    answer = api.get("/basins/south", headers={"X-Request-ID": "barge Marie, again"})
    check_status(answer, 200)
    found = header(answer, "X-Request-ID")
    assert found != "barge Marie, again", "an id with spaces and a comma should be replaced"


def test_an_unknown_basin(api: httpx.Client) -> None:
    """A 404 keeps its body and its own header, and has an id"""
    answer = api.get("/basins/moon")
    check_status(answer, 404)
    assert answer.json() == {"detail": "No such basin"}, f"the body is {answer.text[:200]}"
    assert header(answer, "X-Known-Basins") == "3", "X-Known-Basins should still be 3"
    assert header(answer, "X-Request-ID"), "X-Request-ID should not be empty"


def test_the_journal(api: httpx.Client) -> None:
    """A call that is over has one entry in the journal"""
    answer = api.get("/passes/Ottilie", params={"season": "summer"})
    check_status(answer, 200)
    entry = entry_of(api, "GET", "/passes/Ottilie")
    assert entry.get("status") == 200, f"expected the status 200, the entry is {entry}"
    same = entry.get("id") == header(answer, "X-Request-ID")
    assert same, f"the id should be that of the answer, the entry is {entry}"
    ms = entry.get("ms")
    assert isinstance(ms, int | float) and ms >= 0, f"`ms` should be a number, it is {ms!r}"
