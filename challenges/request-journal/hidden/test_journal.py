"""Whether every HTTP call has one entry, with what became of it, however it ends."""

import random
from typing import Any

import httpx

from support import CLOSE, MOST_MILLISECONDS, begun, speak, word


def entries(api: httpx.Client, method: str, path: str) -> list[dict[str, Any]]:
    answer = api.get("/journal")
    status = answer.status_code
    assert status == 200, f"GET /journal should answer 200, it answered {status}"
    journal = answer.json()
    is_list = isinstance(journal, list) and all(isinstance(each, dict) for each in journal)
    assert is_list, "the journal should be a list of JSON objects"
    return [each for each in journal if each.get("call") == f"{method} {path}"]


def entry_of(
    api: httpx.Client, path: str, status: int, what: str, method: str = "GET"
) -> dict[str, Any]:
    """The one entry of a call that is over."""
    going_on = api.get("/driver/going-on", params={"path": path}).json()
    assert going_on == 0, f"{what} should be over by now, it is still going on"
    found = entries(api, method, path)
    assert len(found) == 1, f"{what} should have one entry in the journal, there are {len(found)}"
    noted = found[0].get("status")
    assert type(noted) is int and noted == status, (
        f"the entry of {what} should have the status {status}, it has {str(noted)[:20]}"
    )
    return found[0]


def check_time(entry: dict[str, Any], least: float, what: str) -> None:
    ms = entry.get("ms")
    assert isinstance(ms, int | float) and not isinstance(ms, bool), (
        f"`ms` in the entry of {what} should be a number"
    )
    likely = 0 <= ms < MOST_MILLISECONDS
    assert likely, f"`ms` in the entry of {what} should be the milliseconds that it took"
    assert ms >= least, f"`ms` in the entry of {what} should cover all {least:g} ms that it takes"


def check_same_id(entry: dict[str, Any], answer: httpx.Response, what: str) -> None:
    noted = entry.get("id")
    assert isinstance(noted, str) and noted, f"the entry of {what} should have an id"
    # Whether the header is there at all is another requirement.
    same = noted == answer.headers.get("x-request-id", noted)
    assert same, f"the entry of {what} should have the id that is in its answer"


def test_good_calls(api: httpx.Client, rng: random.Random) -> None:
    """Calls that succeed have an entry with id, method, path, status and time"""
    boat, tons = word(rng), rng.randint(10**4, 10**12)
    for method, path, status in (
        ("GET", f"/passes/{boat}", 200),
        ("DELETE", f"/passes/{boat}", 204),
        ("GET", f"/tolls/{tons}", 200),
    ):
        answer = api.request(method, path, params={"season": word(rng)})
        what = f"{method} {path.rpartition('/')[0]}/..."
        entry = entry_of(api, path, status, what, method)
        check_same_id(entry, answer, what)
        check_time(entry, 0, what)


def test_handled_errors(api: httpx.Client, rng: random.Random) -> None:
    """404, 405 and 422 have an entry"""
    for method, path, status in (
        ("GET", f"/basins/{word(rng)}", 404),
        ("GET", f"/{word(rng)}", 404),
        ("PATCH", f"/passes/{word(rng)}", 405),
        ("GET", f"/tolls/{word(rng)}", 422),
    ):
        answer = api.request(method, path)
        what = f"a call that gets {status}"
        check_same_id(entry_of(api, path, status, what, method), answer, what)


def test_unhandled_errors(api: httpx.Client, rng: random.Random) -> None:
    """Calls that crash have an entry with 500, and the id of the answer"""
    for path in (f"/barges/{word(rng)}", f"/tolls/{'0' * rng.randint(2, 40)}"):
        answer = api.get(path, headers=CLOSE)
        entry = entry_of(api, path, 500, "a call that crashes")
        check_same_id(entry, answer, "a call that crashes")
        check_time(entry, 0, "a call that crashes")


def test_calls_with_the_same_id(api: httpx.Client, rng: random.Random) -> None:
    """Two calls that bring the same id have an entry each"""
    own = {"X-Request-ID": word(rng)}
    paths = [f"/basins/{word(rng)}" for _ in range(2)]
    for path in paths:
        api.get(path, headers=own)
    for path in paths:
        entry_of(api, path, 404, "a call that shares its id with another")


def test_the_journal_is_never_cut(api: httpx.Client, rng: random.Random) -> None:
    """Hundreds of calls have an entry each, and the entries before them stay"""
    first, path, many = f"/basins/{word(rng)}", f"/basins/{word(rng)}", 300
    api.get(first)
    api.post(f"/driver/crowds/{many}", json={"path": path})
    found = len(entries(api, "GET", path))
    assert found == many, f"{many} calls should have {many} entries, there are {found}"
    entry_of(api, first, 404, "a call from before hundreds of others")


def test_the_time_of_a_slow_call(api: httpx.Client, rng: random.Random) -> None:
    """The time covers a slow gauge, and a stream to its end"""
    path = f"/gauges/{word(rng)}"
    api.get(path)
    check_time(entry_of(api, path, 200, "a gauge"), 50, "a gauge")
    path = f"/soundings/{word(rng)}"
    api.get(path)
    check_time(entry_of(api, path, 200, "GET /soundings"), 50, "GET /soundings")


def test_a_stream_has_its_entry_at_the_end(api: httpx.Client, rng: random.Random) -> None:
    """A stream has no entry while it goes on, and one when it is over"""
    channel, said = word(rng), word(rng)
    call = begun(api, f"/radio/{channel}")
    speak(api, channel, said)
    api.get(call, params={"text": said})
    early = entries(api, "GET", f"/radio/{channel}")
    assert not early, "a stream that is still going on should not have an entry yet"
    speak(api, channel, "over")
    entry_of(api, f"/radio/{channel}", 200, "a stream that is over")


def test_a_stream_that_breaks(api: httpx.Client, rng: random.Random) -> None:
    """A stream that breaks halfway has one entry, with the status that was sent"""
    channel, said = word(rng), word(rng)
    call = begun(api, f"/radio/{channel}")
    speak(api, channel, said)
    api.get(call, params={"text": said})
    speak(api, channel, "static")
    entry_of(api, f"/radio/{channel}", 200, "a stream that breaks")


def test_a_listener_who_leaves(api: httpx.Client, rng: random.Random) -> None:
    """A stream whose client goes away has one entry"""
    channel, said = word(rng), word(rng)
    call = begun(api, f"/radio/{channel}")
    speak(api, channel, said)
    api.get(call, params={"text": said})
    api.post(f"{call}/hang-up")
    entry_of(api, f"/radio/{channel}", 200, "a stream whose client goes away")


def test_a_call_that_goes_on_is_not_in_the_journal(api: httpx.Client, rng: random.Random) -> None:
    """GET /journal does not show itself: it is still going on"""
    own = word(rng)
    shown = api.get("/journal", headers={"X-Request-ID": own}).json()
    early = [each for each in shown if isinstance(each, dict) and each.get("id") == own]
    assert not early, "a call that is still going on should not have an entry yet"
