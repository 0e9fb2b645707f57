"""Requests that are sent together: none waits for another, and one that fails ends all of them."""

import socket
import threading

import httpx
import pytest

from graders.app_problem import AppProblem, ConnectionLost, NoAnswerInTime
from graders.at_once import AtOnce
from graders.client import AppTransport
from graders.deadline import Deadline
from graders.evidence import Evidence
from tests.graders.hostile import Serve, Served

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"


def requests(count: int) -> list[httpx.Request]:
    return [httpx.Request("GET", f"http://app/{number:02}") for number in range(count)]


def together(serve: Serve, count: int, seconds: float = 5.0) -> list[httpx.Response]:
    """The answers; whatever happens, nothing stays open on our side."""
    deadline = Deadline()
    deadline.restart(seconds)
    served = Served(serve, deadline)
    with AppTransport(served.connect, deadline, Evidence()) as transport:
        try:
            return AtOnce(transport)(requests(count))
        except AppProblem:
            served.wait_until_it_hung_up()
            raise
        finally:
            assert served.connections == count
            transport.close()
            served.close()


def test_all_are_sent_before_one_is_answered() -> None:
    everybody = threading.Barrier(8)

    def serve(end: socket.socket) -> None:
        path = end.recv(1 << 16).split()[1]
        everybody.wait(5)
        end.sendall(OK + path[1:])
        end.recv(1)

    assert [answer.text for answer in together(serve, 8)] == [f"{n:02}" for n in range(8)]


def answers_all_but_the_fourth(end: socket.socket) -> None:
    path = end.recv(1 << 16).split()[1]
    if path != b"/03":
        end.sendall(OK + path[1:])
        end.recv(1)


def never_answers(end: socket.socket) -> None:
    while end.recv(1 << 16):
        pass


def test_one_that_hangs_up_ends_all_of_them() -> None:
    with pytest.raises(ConnectionLost):
        together(answers_all_but_the_fourth, 8)


def test_one_deadline_holds_for_all() -> None:
    with pytest.raises(NoAnswerInTime):
        together(never_answers, 8, seconds=0.5)
