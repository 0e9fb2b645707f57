"""Evidence: what was sent and what came is told as it was, cleaned, and never too much of it."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graders import evidence, report
from graders.app_problem import AppProblem
from graders.client import client
from graders.evidence import Evidence, Exchange, Message, Side
from graders.grade import Grader
from tests.graders.hostile import Serve, answers, visiting
from tests.packages import make_package

FINE = b"HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\ncontent-length: 4\r\n\r\ndone"
APP = """
from fastapi import FastAPI

app = FastAPI()


@app.post("/echo")
def echo(said: dict[str, str]) -> dict[str, str]:
    return said
"""
SUITE = '''
def test_one(api):
    """Says nothing"""


def test_two(api):
    """POST /echo answers what it was sent"""
    assert api.post("/echo", json={"word": "moss"}).json() == {"word": "fern"}, "another word"
'''


def exchange(serve: Serve, method: str = "GET", path: str = "/", **request: object) -> Exchange:
    """One request to this server, as the evidence tells it."""
    seen = Evidence()
    with (
        visiting(serve) as (_, served),
        client(served.connect, served.deadline, seen) as http,
        suppress(AppProblem),
    ):
        http.request(method, path, **request)  # type: ignore[arg-type]
    (told,), left_out = seen.told()
    assert left_out == 0
    return told


def noted(*bodies: bytes) -> Evidence:
    """A check that has sent these bodies."""
    seen = Evidence()
    for body in bodies:
        seen.add(Message("POST /", body))
    return seen


def sent(body: bytes) -> Side:
    """A body as it is told."""
    (told,), _ = noted(body).told()
    assert told.sent is not None
    return told.sent


def test_a_request_and_its_answer_are_told_as_they_were() -> None:
    told = exchange(answers(FINE), "POST", "/tickets?page=2", json={"a": 1}, headers={"X-Key": "k"})
    assert told.sent is not None
    assert told.sent.line == "POST /tickets?page=2"
    assert set(told.sent.headers) == {("X-Key", "k"), ("Content-Type", "application/json")}
    assert (told.sent.body, told.sent.size) == ('{"a":1}', 7)
    assert told.came == Side(
        "201 Created", (("content-type", "text/plain"), ("content-length", "4")), 0, "done", 4
    )


def test_a_default_that_the_suite_changed_is_told() -> None:
    told = exchange(answers(FINE), headers={"Accept": "text/csv"})
    assert told.sent is not None
    assert [(n.lower(), v) for n, v in told.sent.headers] == [("accept", "text/csv")]


def test_a_body_that_is_sent_in_pieces_is_told_whole() -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"one ", b"two")

    def reads_all(end: socket.socket) -> None:
        came = b""
        while not came.endswith(b"0\r\n\r\n"):
            came += end.recv(1 << 16)
        end.sendall(FINE)

    told = exchange(reads_all, "POST", content=pieces())
    assert told.sent is not None
    assert (told.sent.body, told.sent.size) == ("one two", 7)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "The connection was closed before the answer was complete."),
        (b"nonsense\r\n\r\n", "The answer is not valid HTTP: illegal status line."),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
            "200 OK, but then: The connection was closed before the answer was complete.",
        ),
    ],
)
def test_an_answer_that_does_not_come_says_why(data: bytes, line: str) -> None:
    told = exchange(answers(data))
    assert told.came is not None
    assert told.came.line == line
    assert told.came.body == ("half" if data.endswith(b"half") else None)


def test_the_last_exchanges_win_and_the_others_are_counted() -> None:
    most = evidence.MOST_EXCHANGES
    exchanges, left_out = noted(*(b"%d" % n for n in range(most + 5))).told()
    assert [e.sent.body for e in exchanges if e.sent] == [str(n) for n in range(5, most + 5)]
    assert left_out == 5


def test_the_next_check_begins_with_nothing() -> None:
    seen = noted(b"x")
    seen.begin()
    assert seen.told() == ((), 0)


def test_a_long_body_is_cut_between_two_characters() -> None:
    most = evidence.MAX_BODY_SHOWN
    side = sent(b"x" + "é".encode() * most)
    assert side.body == "x" + "é" * ((most - 1) // 2)
    assert side.size == 1 + 2 * most


@pytest.mark.parametrize("body", [b"\xff\xfe", b"PK\x03\x04\x80", b"ok\xe2\x82", b"\x80" * 5000])
def test_what_is_not_text_has_only_a_size(body: bytes) -> None:
    assert (sent(body).body, sent(body).size) == (None, len(body))


def test_what_steers_a_terminal_or_turns_text_round_is_not_shown() -> None:
    assert sent("a\x1b[2J\u202eb\x00\tc\r\nd".encode()).body == "a�[2J�b�\tc\nd"
    seen = Evidence()
    seen.add(None, Message("200 \x1b[2J\nOK", headers=[(b"x-a", b"\x9b\xe9")]))
    (told,), _ = seen.told()
    assert told.came == Side("200 �[2J OK", (("x-a", "�é"),), 0, None, 0)


def test_headers_beyond_the_limit_are_counted() -> None:
    seen = Evidence()
    most = evidence.MAX_HEADERS_SHOWN
    seen.add(Message("GET /", headers=[(b"x", b"v" * 9999)] * (most + 3)))
    (told,), _ = seen.told()
    assert told.sent is not None
    assert (len(told.sent.headers), told.sent.more_headers) == (most, 3)
    assert {len(value) for _, value in told.sent.headers} == {evidence.MAX_HEADER_SHOWN}


def test_one_check_is_told_within_its_limit_and_keeps_the_last() -> None:
    headers = [(b"x", b"\xa0" * 9999)] * 99
    seen = Evidence()
    for n in range(evidence.MOST_EXCHANGES):
        seen.add(Message(f"GET /{n}", b"\x01" * 9999, headers))
    exchanges, left_out = seen.told()
    assert 0 < len(exchanges) < evidence.MOST_EXCHANGES
    assert len(exchanges) + left_out == evidence.MOST_EXCHANGES
    assert exchanges[-1].sent is not None
    assert exchanges[-1].sent.line == f"GET /{evidence.MOST_EXCHANGES - 1}"
    assert weight(exchanges) <= evidence.MAX_CHECK_BYTES


def test_all_checks_together_stay_within_the_limit() -> None:
    seen = Evidence()
    total = full = 0
    for _ in range(2 * evidence.MAX_TOTAL_BYTES // evidence.MAX_CHECK_BYTES):
        seen.begin()
        for _ in range(evidence.MOST_EXCHANGES):
            seen.add(Message("POST /", b"\x01" * evidence.MAX_BODY_SHOWN))
        exchanges, left_out = seen.told()
        total, full = total + weight(exchanges), full + bool(exchanges)
    assert (exchanges, left_out) == ((), evidence.MOST_EXCHANGES)
    assert full >= evidence.MAX_TOTAL_BYTES // evidence.MAX_CHECK_BYTES
    assert evidence.MAX_TOTAL_BYTES * 0.9 < total <= evidence.MAX_TOTAL_BYTES


def test_whatever_comes_is_a_line_that_the_worker_takes() -> None:
    rng = random.Random(7)  # noqa: S311
    alphabet = [b"\x00", b"\x1b", b"a", b"\xc3", b"\xa9", "€".encode(), b"\r\n", b'"', b"\\"]
    for _ in range(300):
        parts = [b"".join(rng.choices(alphabet, k=rng.choice((0, 3, 400, 3000)))) for _ in "abc"]
        seen = Evidence()
        both = Message(parts[0].decode("latin-1"), parts[1], [(parts[2], parts[0])] * 40)
        seen.add(both, both)
        exchanges, left_out = seen.told()
        assert len(exchanges) == 1
        line = report.Ended(
            id="t", status="passed", seconds=1.0, exchanges=exchanges, left_out=left_out
        )
        assert report.LINES.validate_json(line.model_dump_json(), strict=True) == line


def test_the_result_tells_what_each_check_saw(process_grader: Grader, tmp_path: Path) -> None:
    package = make_package(tmp_path / "small", {"echo": SUITE})
    result = process_grader.grade(package, {"main.py": APP}, seed=1)
    (told,) = result.evidence
    assert (told.requirement, told.check, told.left_out) == ("echo", 1, 0)
    (only,) = told.exchanges
    assert only.sent is not None
    assert only.came is not None
    assert (only.sent.line, only.sent.body) == ("POST /echo", '{"word":"moss"}')
    assert (only.came.line, only.came.body) == ("200 OK", '{"word":"moss"}')
    assert "moss" not in repr(result.requirements)


def weight(exchanges: tuple[Exchange, ...]) -> int:
    """Bytes of JSON."""
    return sum(len(evidence.EXCHANGE.dump_json(each)) for each in exchanges)
