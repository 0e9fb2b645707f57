"""Mallory says more than she was asked: it is refused, and never taken for another answer."""

import socket
import threading

import pytest

from graders.app_problem import BadProtocol
from tests.graders.hostile import answers, ask, visiting

OK = b"HTTP/1.1 200 OK\r\n"
FINE = OK + b"content-length: 2\r\n\r\nok"


@pytest.mark.parametrize(
    ("method", "data"),
    [
        ("HEAD", OK + b"content-length: 2\r\n\r\nok"),
        ("GET", b"HTTP/1.1 204 No Content\r\n\r\nsurprise"),
        ("GET", FINE + b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged"),
        ("GET", OK + b"connection: close\r\ncontent-length: 2\r\n\r\nokay"),
    ],
    ids=["a HEAD with a body", "a 204 with a body", "an answer ahead", "a length too short"],
)
def test_more_than_the_answer_is_refused(method: str, data: bytes) -> None:
    with pytest.raises(BadProtocol, match="more than the answer"):
        ask(answers(data), method=method, seconds=20)


def test_what_is_said_between_two_questions_is_never_an_answer() -> None:
    said = threading.Event()

    def forges(end: socket.socket) -> None:
        end.recv(1 << 16)
        end.sendall(FINE)
        heard.wait(10)
        end.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nforged")
        said.set()
        end.recv(1 << 16)

    heard = threading.Event()
    with visiting(forges, 20) as (http, _served):
        assert http.get("/").text == "ok"
        heard.set()
        assert said.wait(10)
        with pytest.raises(BadProtocol, match="more than the answer"):
            http.get("/")


def test_a_connection_that_the_app_closed_in_between_is_replaced() -> None:
    with visiting(answers(FINE), 20) as (http, served):
        for _ in range(3):
            assert http.get("/").text == "ok"
            served.wait_until_it_hung_up()
    assert served.connections == 3


def test_after_a_crash_the_next_question_goes_another_way() -> None:
    crashed = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 2\r\n\r\nno"

    def hangs_up_late(end: socket.socket) -> None:
        end.recv(1 << 16)
        end.sendall(crashed)
        end.recv(1 << 16)  # the next question is lost with the connection

    with visiting(hangs_up_late, 20) as (http, served):
        assert [http.get("/").status_code for _ in range(2)] == [500] * 2
    assert served.connections == 2


def test_a_connection_that_ended_badly_is_not_used_again() -> None:
    with visiting(answers(b"garbage\r\n\r\n")) as (http, served):
        for expected in (1, 2):
            with pytest.raises(BadProtocol):
                http.get("/")
            assert served.connections == expected
