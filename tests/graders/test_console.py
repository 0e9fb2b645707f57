"""A console: one app that stays alive between requests, and starts afresh when it has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.asked import checked
from graders.console import Answer, Console
from graders.errors import ConsoleBroken
from graders.package import Package
from sandbox.backends.docker import DockerSandbox
from sandbox.backends.process import ProcessSandbox
from sandbox.box import Sandbox
from tests.packages import make_package

HIDDEN = {"one": 'def test_it(api):\n    """It"""\n    assert api.get("/"), "it"\n'}
APP = """
import os, threading
from fastapi import FastAPI, Response

app = FastAPI()
count = 0


@app.get("/count")
def counted():
    global count
    count += 1
    print("asked", count)
    return count


@app.get("/exit")
def leave():
    os._exit(3)


@app.get("/soon")
def soon():
    threading.Timer(0.05, os._exit, [4]).start()


@app.get("/memory")
def memory():
    return len(bytearray(10**9))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("packages") / "small"
    return make_package(folder, HIDDEN, start_seconds=20, test_seconds=10)


@pytest.fixture(scope="module")
def console(package: Package, process_sandbox: ProcessSandbox) -> Iterator[Console]:
    console = Console(process_sandbox, package, {"main.py": APP})
    yield console
    console.close()


def get(console: Console, path: str) -> Answer:
    """What came of a request."""
    return console.ask(checked("GET", path, "", ""))


def test_it_remembers_until_it_ends_and_then_says_that_it_was_started_afresh(
    console: Console,
) -> None:
    assert [get(console, "/count").answered.body for _ in range(2)] == ["1", "2"]
    ended = get(console, "/exit")
    assert ended.answered.status is None
    assert "it exited with code 3" in (ended.problem or "")
    assert "The next request starts it afresh." in (ended.problem or "")
    again = get(console, "/count")
    assert (again.answered.body, again.problem) == ("1", None)
    assert "started afresh" in (again.note or "")
    assert again.answered.output == "asked 1\n"
    assert get(console, "/count").note is None


def test_an_app_that_ended_between_two_requests_is_started_before_the_second(
    console: Console,
) -> None:
    get(console, "/soon")
    while (answer := get(console, "/count")).note is None:
        assert answer.problem is None or "code 4" in answer.problem
    assert answer.answered.body == "1"


def test_the_operations_come_from_the_app(console: Console) -> None:
    reference = console.reference()
    assert reference is not None
    assert [each.path for each in reference.operations] == ["/count", "/exit", "/soon", "/memory"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import nothing_of_that_name", "No module named"),
        ("x = (", "main.py, line 1"),
        ("import os\nos._exit(9)", "it exited with code 9"),
    ],
)
def test_an_app_that_does_not_start_says_why(
    package: Package, process_sandbox: ProcessSandbox, code: str, reason: str
) -> None:
    with pytest.raises(ConsoleBroken) as broken:
        Console(process_sandbox, package, {"main.py": f"print('hello')\n{code}\n"})
    assert reason.replace("line 1", "line 2") in str(broken.value)


def test_what_it_printed_before_it_failed_is_there_without_what_steers_a_terminal(
    package: Package, process_sandbox: ProcessSandbox
) -> None:
    code = "print('he\\x00llo\\x1b[31m', flush=True)\nraise SystemExit(1)\n"
    with pytest.raises(ConsoleBroken) as broken:
        Console(process_sandbox, package, {"main.py": code})
    assert broken.value.output.startswith("he\ufffdllo\ufffd[31m")


def test_files_of_the_challenge_cannot_be_changed(
    tmp_path: Path, process_sandbox: ProcessSandbox
) -> None:
    driver = {"driver.py": "from main import app\n"}
    package = make_package(tmp_path / "driven", HIDDEN, driver=driver)
    with pytest.raises(ConsoleBroken, match="belongs to the challenge"):
        Console(process_sandbox, package, {"main.py": APP, "driver.py": "app = 1"})


def test_in_a_real_box_limits_are_named_and_the_box_is_gone_afterwards(
    package: Package, docker_sandbox: DockerSandbox
) -> None:
    sandbox: Sandbox = docker_sandbox
    console = Console(sandbox, package, {"main.py": APP})
    try:
        assert get(console, "/count").answered.body == "1"
        assert console.reference() is not None
        memory = get(console, "/memory")
        assert "memory limit of 256 MB" in (memory.problem or "")
        again = get(console, "/count")
        assert (again.answered.body, again.problem) == ("1", None)
    finally:
        console.close()
    console.close()
    with pytest.raises(ConsoleBroken):
        get(console, "/count")
