"""What an app can do to an upstream on the trusted side: nothing but get no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graders.grade import Grader
from graders.package import Package
from graders.verdict import Result
from tests.packages import make_package

TALKING = """
import os, socket
from urllib.parse import urlsplit
from fastapi import FastAPI

app = FastAPI()

def dial():
    place = urlsplit(os.environ["MAIL_URL"])
    return socket.create_connection((place.hostname, place.port), timeout=3)

def said(data):
    with dial() as line:
        line.sendall(data)
        try:
            return line.recv(100).decode("latin-1")
        except OSError as error:
            return type(error).__name__

@app.get("/say")
def say(number: int) -> str:
    return said(SENTENCES[number])

@app.get("/crowd")
def crowd() -> int:
    lines = []
    for _ in range(150):
        lines.append(dial())
        lines[-1].sendall(b"GET / HTTP/1.1\\r\\nhost: a\\r\\n\\r\\n")
    answered = sum(line.recv(9) == b"HTTP/1.1 " for line in lines[:100])
    for line in lines:
        line.close()
    return answered

@app.get("/silence")
def silence() -> str:
    for _ in range(30):
        dial().close()
    return said(SENTENCES[-1])

SENTENCES = [
    b"\\x00\\xff" * 500,
    b"GET / HTTP/1.1\\r\\nhost: a\\r\\nx: " + b" " * 60000 + b"y\\r\\n\\r\\n",
    b"GET /" + b"a" * 100000,
    b"POST / HTTP/1.1\\r\\nhost: a\\r\\ncontent-length: 2000000\\r\\n\\r\\n" + b"b" * 2000000,
    b"GET / HTTP/1.1\\r\\nhost: a\\r\\ncontent-length: 1\\r\\ncontent-length: 2\\r\\n\\r\\n",
    b"",
    b"POST / HTTP/1.1\\r\\nhost: a\\r\\ncontent-length: 0\\r\\n\\r\\n",
]
"""
SENTENCES = range(6)
WELL_FORMED = 6
MakePackage = Callable[[str], Package]


@pytest.fixture
def made(tmp_path: Path) -> MakePackage:
    """A package with one peer, whose only check is this source."""

    def make(source: str) -> Package:
        package = make_package(tmp_path / "small", {"part": source}, test_seconds=8)
        return replace(
            package, description=package.description.model_copy(update={"peers": ("mail",)})
        )

    return make


def graded(grader: Grader, package: Package) -> Result:
    return grader.grade(package, {"main.py": TALKING}, seed=1)


@pytest.mark.parametrize("number", SENTENCES)
def test_what_is_no_request_gets_no_answer_and_the_next_one_does(
    docker_grader: Grader, made: MakePackage, number: int
) -> None:
    source = f'''
def test_it(api, peer):
    """Something"""
    peer.on("GET", "/", content=b"fine")
    said = api.get("/say", params={{"number": {number}}}).json()
    assert not said.startswith("HTTP/1.1 200"), said
    assert peer.requests == [], "nothing should have been taken for a request"
'''
    result = graded(docker_grader, made(source))
    assert result.verdict.value == "passed", result.requirements


def test_of_a_crowd_of_connections_as_many_are_served_as_there_are_lines(
    docker_grader: Grader, made: MakePackage
) -> None:
    source = '''
def test_it(api, peer):
    """Something"""
    peer.on("GET", "/", content=b"fine")
    assert api.get("/crowd").json() == 100, "the first hundred should be answered"
'''
    result = graded(docker_grader, made(source))
    assert result.verdict.value == "passed", result.requirements


def test_connections_that_say_nothing_leave_room_for_one_that_does(
    docker_grader: Grader, made: MakePackage
) -> None:
    source = '''
def test_it(api, peer):
    """Something"""
    peer.on("POST", "/", content=b"fine")
    assert api.get("/silence").json().endswith("fine"), "it should have been answered"
'''
    result = graded(docker_grader, made(source))
    assert result.verdict.value == "passed", result.requirements


def test_a_script_ends_with_its_check(process_grader: Grader, made: MakePackage) -> None:
    source = '''
def test_one(api, peer):
    """Something"""
    peer.on("GET", "/", content=b"fine")
    assert peer.requests == [], "nothing was asked yet"


def test_other(api, peer):
    """Something else"""
    assert peer._replies == [], "no script of an earlier check"
'''
    assert graded(process_grader, made(source)).verdict.value == "passed"


def test_a_gate_that_is_never_full_lets_go_and_says_so(
    process_grader: Grader, made: MakePackage
) -> None:
    source = '''
def test_it(api, peer):
    """Something"""
    gate = peer.gate(2)
    peer.on("POST", "/", content=b"fine", gate=gate)
    api.get("/say", params={"number": 6})
    assert gate.arrived == 1, "one call arrived"
    assert not gate.met, "and it was alone"
'''
    package = made(source)
    result = graded(process_grader, package)
    assert result.verdict.value == "passed", result.requirements
