"""Whether WebSockets have an id, tell it to their code, and have an entry when they end."""

import random
from typing import Any, Protocol

import httpx

from support import FORM, word


class Socket(Protocol):
    def send_text(self, text: str) -> None: ...
    def receive_json(self) -> Any: ...
    def close(self) -> None: ...
    def wait_until_closed(self) -> int | None: ...


class Opens(Protocol):
    def __call__(self, path: str, *, headers: dict[str, str] | None = None) -> Socket: ...


def ids_of_handshakes(api: httpx.Client, path: str, count: int = 1) -> list[str]:
    """The id of each WebSocket of this path that was accepted, in order."""
    accepted = api.get("/driver/handshakes", params={"path": path}).json()
    assert len(accepted) == count, f"{count} WebSockets should have been accepted"
    found = []
    for each in accepted:
        headers = [(name.lower(), value) for name, value in each["headers"]]
        assert ("x-place", "canal") in headers, "the headers of the route itself should stay"
        ids = [value for name, value in headers if name == "x-request-id"]
        assert len(ids) == 1, f"the handshake should have X-Request-ID once, not {len(ids)} times"
        found.append(ids[0])
    return found


def told(socket: Socket, said: str) -> object:
    """Says a word; returns what request_id() has told the route."""
    socket.send_text(said)
    heard = socket.receive_json()
    is_echo = isinstance(heard, dict) and heard.get("word") == said
    assert is_echo, "a WebSocket should still answer with the word that was said"
    return heard.get("call")


def entries(api: httpx.Client, path: str) -> list[dict[str, Any]]:
    journal = api.get("/journal").json()
    is_list = isinstance(journal, list) and all(isinstance(each, dict) for each in journal)
    assert is_list, "the journal should be a list of JSON objects"
    return [each for each in journal if each.get("call") == f"WEBSOCKET {path}"]


def check_entry(api: httpx.Client, path: str, status: int, what: str) -> dict[str, Any]:
    going_on = api.get("/driver/going-on", params={"path": path}).json()
    assert going_on == 0, f"{what} should be over by now, it is still going on"
    found = entries(api, path)
    assert len(found) == 1, f"{what} should have one entry in the journal, there are {len(found)}"
    noted = found[0].get("status")
    assert noted == status, f"the entry of {what} should have the status {status}"
    ms = found[0].get("ms")
    is_time = isinstance(ms, int | float) and not isinstance(ms, bool) and 0 <= ms < 10_000
    assert is_time, f"`ms` in the entry of {what} should be the milliseconds that it took"
    return found[0]


def test_an_id_in_the_handshake(api: httpx.Client, websocket: Opens, rng: random.Random) -> None:
    """The handshake has an id: the one that was sent if it fits, else a new one"""
    sent, bad = word(rng) + "-A_1", word(rng) + ".1"
    path = f"/watch/{word(rng)}"
    websocket(path, headers={"X-Request-ID": sent})
    websocket(path, headers={"X-Request-ID": bad})
    websocket(path)
    taken, *new = ids_of_handshakes(api, path, 3)
    assert taken == sent, "an id that fits should be taken over for a WebSocket, too"
    for each in new:
        assert FORM.fullmatch(each), "a WebSocket should get a new id that fits the rule"
    assert new[0] != new[1], "two WebSockets should have two ids"


def test_the_code_is_told(api: httpx.Client, websocket: Opens, rng: random.Random) -> None:
    """request_id() tells each open WebSocket its own id"""
    path = f"/watch/{word(rng)}"
    sockets = [websocket(path), websocket(path)]
    ids = ids_of_handshakes(api, path, 2)
    assert ids[0] != ids[1], "two WebSockets should have two ids"
    for place in (0, 1, 0):
        api.get("/basins/north")
        own = told(sockets[place], word(rng)) == ids[place]
        assert own, "request_id() in a WebSocket should tell the id of its handshake"


def test_an_entry_at_the_end(api: httpx.Client, websocket: Opens, rng: random.Random) -> None:
    """A WebSocket has no entry while it is open, and one after it has closed"""
    path = f"/watch/{word(rng)}"
    socket = websocket(path)
    told(socket, word(rng))
    early = entries(api, path)
    assert not early, "a WebSocket that is still open should not have an entry yet"
    socket.close()
    entry = check_entry(api, path, 101, "a WebSocket that has closed")
    same = [entry.get("id")] == ids_of_handshakes(api, path)
    assert same, "the entry of a WebSocket should have the id of its handshake"


def test_a_socket_that_crashes(api: httpx.Client, websocket: Opens, rng: random.Random) -> None:
    """A WebSocket whose route crashes has an entry, too"""
    path = f"/watch/{word(rng)}"
    socket = websocket(path)
    socket.send_text("sink")
    socket.wait_until_closed()
    check_entry(api, path, 101, "a WebSocket whose route crashes")


def test_a_refused_socket(api: httpx.Client, websocket: Opens, rng: random.Random) -> None:
    """A WebSocket that is refused has an entry with 403"""
    path = f"/watch/private-{word(rng)}"
    status = 101
    try:
        websocket(path)
    except Exception as refused:  # noqa: BLE001  (its type is not for import here)
        status = getattr(refused, "status", 0)
    assert status == 403, "a private place should still refuse the WebSocket with 403"
    check_entry(api, path, 403, "a WebSocket that is refused")
