"""Imports and first uses that every examination needs, done once before the forks."""

import contextlib
import io
import os
import socket
import tempfile
import threading
from pathlib import Path

import pytest

from graders import examination, fixtures, report
from graders.orders import Order
from graders.subject import Subject
from sandbox.channel import Channel
from sandbox.limits import Limits

SAMPLE = '''
import httpx, pytest, random, string, json, re, uuid, datetime, decimal, itertools, threading
def test_one_request(api, rng):
    """One request."""
    answer = api.post("/here", params={"number": rng.randint(1, 9)}, json={"a": [1, "b", None]})
    assert answer.status_code == 200, "an answer"
    assert answer.json() == {"a": 1}, "the body"
'''
ANSWER = b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"a": 1}'
LIMITS = Limits()


class SampleApp(Channel):
    """Stands in for a box: every connection gets one and the same answer."""

    def connect(self) -> socket.socket:
        """A connection whose other end answers by itself."""
        ours, theirs = socket.socketpair()
        threading.Thread(target=_answer, args=(theirs,)).start()
        return ours


def _answer(connection: socket.socket) -> None:
    asked = b""
    with connection:
        while part := connection.recv(1 << 16):
            asked += part
            if asked.endswith(b"}"):  # where the body of the sample's request ends
                connection.sendall(ANSWER)


def everything() -> None:
    """Examine a sample app, so that all that is loaded late is loaded now."""
    said: list[report.Line] = []
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        Path(folder, "test_sample.py").write_text(SAMPLE)
        said += _examined(Path(folder))
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join()
    if not any(isinstance(line, report.Ended) and line.status == "passed" for line in said):
        raise RuntimeError(f"The examiner cannot examine: {said}")


def _examined(folder: Path) -> list[report.Line]:
    reader, writer = os.pipe()
    waiting, go = os.pipe()
    os.write(go, b"g")
    control, box = socket.socketpair()
    subject = Subject(SampleApp(control, running=1), "main:app", LIMITS, "suite")
    order = Order(exam=0, suite=folder, digest="")
    plugin = examination.Examination(
        lambda it: it.begin(order, writer, subject, waiting), lambda: None
    )
    examination.raise_on_alarm()
    with control, box:
        pytest.main(examination.arguments(str(folder)), [plugin, fixtures])
    for done in (writer, waiting, go):
        os.close(done)
    with os.fdopen(reader) as lines:
        return [report.LINES.validate_json(line, strict=True) for line in lines]
