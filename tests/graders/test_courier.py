"""A console's courier: locked in, and in time whatever Mallory's app answers."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.courier import Courier, CourierLost
from graders.courier_lines import (
    MAX_BODY_KEPT,
    MAX_HEADERS_KEPT,
    Answered,
    Ask,
    Describe,
    Described,
)
from sandbox.limits import Limits
from tests.graders.hostile import Serve, answers
from tests.graders.test_hostile_answers import NOT_HTTP, TOO_SLOW

OK = b"HTTP/1.1 200 OK\r\n"
LIMITS = Limits(test_seconds=0.6)


class StubBox:
    """Stands in for a box: hands every connection to `serve`, and says that nothing was printed."""

    def __init__(self, serve: Serve) -> None:
        self.serve = serve
        self.control, self._there = socket.socketpair()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while True:
                head, descriptors, _flags, _address = socket.recv_fds(self._there, 4, 1)
                order = json.loads(self._exactly(int.from_bytes(head, "big")))
                for each in descriptors:
                    end = socket.socket(fileno=each)
                    threading.Thread(target=self._talk, args=(end,), daemon=True).start()
                if order["op"] == "look":
                    self.tell({"event": "seen", "app": 1, "output": "hello\n", "output_bytes": 6})

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += self._there.recv(count - len(data))
        return data

    def _talk(self, end: socket.socket) -> None:
        with end, contextlib.suppress(OSError):
            self.serve(end)

    def tell(self, frame: dict[str, object]) -> None:
        """What the agent says."""
        data = json.dumps(frame).encode()
        self._there.sendall(len(data).to_bytes(4, "big") + data)

    def close(self) -> None:
        """Hang up."""
        self._there.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._there.close()
        self.control.close()


@pytest.fixture(scope="module")
def box() -> Iterator[StubBox]:
    box = StubBox(answers(b""))
    yield box
    box.close()


@pytest.fixture(scope="module")
def courier(box: StubBox) -> Iterator[Courier]:
    courier = Courier(box.control, running=1, entry="main:app", peers=(), limits=LIMITS)
    yield courier
    courier.close()


def ask(courier: Courier, box: StubBox, serve: Serve) -> Answered:
    """What came of one request to an app that serves so."""
    box.serve = serve
    told = courier.carry(Ask(method="GET", target="/", headers=[], body=""))
    assert isinstance(told, Answered)
    return told


def test_it_has_no_environment_no_privileges_and_no_calls_to_get_any(
    courier: Courier, box: StubBox
) -> None:
    ask(courier, box, answers(OK + b"\r\n"))
    process = Path("/proc", str(courier._process.pid))
    status = (process / "status").read_text()
    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    names = {each.partition("=")[0] for each in (process / "environ").read_text().split("\0")}
    assert names - {""} == {"PATH", "LANG", "TZ"}
    open_files = {str(each.readlink()) for each in (process / "fd").iterdir()}
    assert all(each.startswith(("socket:", "/dev/null")) for each in open_files), open_files


def test_it_sends_what_was_asked_and_tells_what_came(courier: Courier, box: StubBox) -> None:
    heard: list[bytes] = []

    def serve(end: socket.socket) -> None:
        heard.append(end.recv(1 << 16))
        end.sendall(OK + b'x-one: a\r\ncontent-length: 10\r\n\r\n{"a": [1]}')

    box.serve = serve
    order = Ask(method="PUT", target="/a/../b?c", headers=[("User-Agent", "me")], body="é")
    told = courier.carry(order)
    assert isinstance(told, Answered)
    first, *lines = heard[0].decode().split("\r\n")
    assert first == "PUT /a/../b?c HTTP/1.1"
    assert {"host: localhost:8000", "User-Agent: me", "Content-Length: 2"} <= set(lines)
    assert sum(line.lower().startswith("user-agent") for line in lines) == 1
    assert (told.status, told.reason, told.size) == (200, "OK", 10)
    assert ("x-one", "a") in told.headers
    assert (told.body, told.pretty) == ('{"a": [1]}', '{\n  "a": [\n    1\n  ]\n}')
    assert told.output == "hello\n"


@pytest.mark.parametrize("name", TOO_SLOW)
def test_an_answer_that_does_not_end_ends_at_the_limit(
    courier: Courier, box: StubBox, name: str
) -> None:
    told = ask(courier, box, TOO_SLOW[name])
    assert "within 0.6 s" in (told.problem or "")


@pytest.mark.parametrize("name", NOT_HTTP)
def test_what_is_not_http_is_a_problem_in_words(courier: Courier, box: StubBox, name: str) -> None:
    told = ask(courier, box, NOT_HTTP[name])
    assert told.problem
    assert told.body is None


def test_text_is_cleaned_and_cut_and_the_rest_is_counted(courier: Courier, box: StubBox) -> None:
    body = "é".encode() * MAX_BODY_KEPT
    many = b"".join(b"x-%d: \xe9\r\n" % n for n in range(MAX_HEADERS_KEPT + 5))
    told = ask(courier, box, answers(OK + many + b"\r\n" + body))
    assert told.size == 2 * MAX_BODY_KEPT
    assert told.body == "é" * (MAX_BODY_KEPT // 2)
    assert (len(told.headers), told.more_headers) == (MAX_HEADERS_KEPT, 5)
    torn = ask(courier, box, answers(OK + b"\r\n\x1b[31m\xe2\x80\xae<script>"))
    assert torn.body == "\ufffd[31m\ufffd<script>"
    assert ask(courier, box, answers(OK + b"\r\n\xff\xfe")).body is None


@pytest.mark.parametrize("body", [b"[" * 100_000, b"[" * 90 + b"1," * 20_000, b"{}", b"\xff", b"7"])
def test_operations_of_nonsense_are_none(courier: Courier, box: StubBox, body: bytes) -> None:
    box.serve = answers(OK + b"\r\n" + body)
    assert courier.carry(Describe()) == Described(output="hello\n")


def test_a_courier_that_is_gone_or_talks_nonsense_is_lost(box: StubBox) -> None:
    courier = Courier(box.control, running=1, entry="main:app", peers=(), limits=LIMITS)
    courier._process.kill()
    courier._process.wait()
    with pytest.raises(CourierLost):
        ask(courier, box, answers(OK))
    courier.close()
