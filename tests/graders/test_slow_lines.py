"""Mallory sends lines that a tolerant parser reads in quadratic time: they are refused unread."""

import socket

import pytest

from graders.app_problem import BadProtocol
from tests.graders.hostile import answers, ask, visiting

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"transfer-encoding: chunked\r\n\r\n"
SLOW_TO_READ = {
    "a header": OK + b"x:%b\x0b\r\n\r\n",
    "a trailer": CHUNKED + b"2\r\nok\r\n0\r\nx:%b\x0b\r\n\r\n",
    "the first chunk size": CHUNKED + b"2;%b\n x\r\nok\r\n0\r\n\r\n",
    "a later chunk size": CHUNKED + b"2\r\nok\r\n2;%b\n x\r\nok\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("data", SLOW_TO_READ.values(), ids=SLOW_TO_READ)
def test_blanks_that_take_a_parser_minutes_never_reach_it(data: bytes) -> None:
    with pytest.raises(BadProtocol, match="blanks"):
        ask(answers(data % (b" " * 60_000)), seconds=20)


def test_the_second_answer_of_a_connection_is_read_as_carefully_as_the_first() -> None:
    def learns(end: socket.socket) -> None:
        for data in (
            OK + b"content-length: 2\r\n\r\nok",
            SLOW_TO_READ["a header"] % (b" " * 60_000),
        ):
            end.recv(1 << 16)
            end.sendall(data)
        end.recv(1 << 16)

    with visiting(learns, 20) as (http, served):
        assert http.get("/").text == "ok"
        with pytest.raises(BadProtocol, match="blanks"):
            http.get("/")
    assert served.connections == 1


@pytest.mark.parametrize("framing", ["length", "chunks"])
def test_blanks_in_a_body_are_nobodys_business(framing: str) -> None:
    blanks = b" " * 5000
    head = OK + b"content-length: 5000\r\n\r\n" if framing == "length" else CHUNKED + b"1388\r\n"
    end = b"" if framing == "length" else b"\r\n0\r\n\r\n"
    assert ask(answers(head + blanks + end)).content == blanks
