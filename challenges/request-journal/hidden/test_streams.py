"""Whether the pieces of a stream go out as they come, and nothing but them."""

import random
from typing import Any

import httpx

from support import speak, word


def listening(api: httpx.Client, channel: str) -> str:
    """Begins to listen to a channel and returns where that call can be looked at."""
    return f"/driver/calls/{api.post('/driver/calls', json={'path': f'/radio/{channel}'}).json()}"


def check_sent(api: httpx.Client, call: str, said: str) -> dict[str, Any]:
    """Waits until a word was sent; the stream must not have ended for it."""
    seen: dict[str, Any] = api.get(call, params={"text": said}).json()
    assert not seen["over"], "the stream should go on until the radio says `over`"
    at_once = said in seen["text"]
    assert at_once, "a word should be sent as soon as it is spoken, it was held back"
    return seen


def when_over(api: httpx.Client, call: str, why: str) -> dict[str, Any]:
    seen: dict[str, Any] = api.get(call, params={"over": True}).json()
    assert seen["over"], f"the call should end when {why}"
    return seen


def check_start(seen: dict[str, Any]) -> None:
    """There was one start, with both headers."""
    starts = seen["starts"]
    assert len(starts) == 1, f"a stream should be begun once, it was {len(starts)} times"
    assert starts[0]["status"] == 200, "a stream should begin with the status 200"
    names = [name.lower() for name, _ in starts[0]["headers"]]
    for name in ("X-Request-ID", "X-Process-Time"):
        count = names.count(name.lower())
        assert count == 1, f"a stream should have the header {name} once, it has it {count} times"


def words_in(seen: dict[str, Any]) -> list[str]:
    return [line.partition(" ")[0] for line in seen["text"].splitlines()]


def test_each_word_leaves_at_once(api: httpx.Client, rng: random.Random) -> None:
    """The headers, and then each word, are sent before the next word is there"""
    channel, spoken = word(rng), [word(rng) for _ in range(3)]
    call = listening(api, channel)
    check_start(check_sent(api, call, "listening"))
    for said in spoken:
        speak(api, channel, said)
        check_sent(api, call, said)
    speak(api, channel, "over")
    seen = when_over(api, call, "the radio says `over`")
    same = words_in(seen) == ["listening", *spoken]
    assert same, "the stream should have all words in their order, once each"


def test_a_stream_that_breaks(api: httpx.Client, rng: random.Random) -> None:
    """When a stream breaks, no second answer is begun in the middle of it"""
    channel, said = word(rng), word(rng)
    call = listening(api, channel)
    speak(api, channel, said)
    check_sent(api, call, said)
    speak(api, channel, "static")
    seen = when_over(api, call, "its stream breaks")
    check_start(seen)
    same = words_in(seen) == ["listening", said]
    assert same, "after a stream has broken nothing more should be sent on it"


def test_a_listener_who_leaves(api: httpx.Client, rng: random.Random) -> None:
    """When the client goes away, the stream ends"""
    call = listening(api, word(rng))
    check_start(check_sent(api, call, "listening"))
    api.post(f"{call}/hang-up")
    when_over(api, call, "its client goes away")


def test_a_whole_stream(api: httpx.Client, rng: random.Random) -> None:
    """A stream that is read to its end has all its lines and both headers"""
    place = word(rng)
    answer = api.get(f"/soundings/{place}")
    status = answer.status_code
    assert status == 200, f"GET /soundings should answer 200, it answered {status}"
    for name in ("X-Request-ID", "X-Process-Time"):
        count = len(answer.headers.get_list(name))
        assert count == 1, f"GET /soundings should have the header {name} once, not {count} times"
    expected = "".join(f"{place} {depth}\n" for depth in (310, 295, 302))
    assert answer.text == expected, "GET /soundings should answer with its three lines, as before"
    assert answer.headers.get("content-type", "").startswith("text/plain"), (
        "the content type of a stream should be as before"
    )
