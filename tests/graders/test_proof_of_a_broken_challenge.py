"""A challenge in which nearly everything is wrong: its proof finds each of the faults."""

from __future__ import annotations

import pytest

from graders.examiner import Examiner
from graders.proof.crew import Crew
from graders.proof.prove import Proof, prove
from graders.proof.trials import Depth
from sandbox.backends.process import ProcessSandbox
from tests.packages import write_package

HOME = '''
import time


def test_home(api):
    """The home page greets"""
    answer = api.get("/")
    assert answer.status_code == 200
    assert answer.json() == {"message": "hello"}, "the home page should say hello"


def test_nothing(api):
    """The app is there"""
    time.sleep(0)
    api.get("/nothing")
'''
TEA = '''
def test_tea(api):
    """Tea has its price"""
    assert api.get("/tea").json() == {"price": 3}, "tea should have its price"
'''
OPEN = '''
def test_open(api):
    """The shop is open"""
    assert api.get("/open").status_code == 200, "the shop should be open"
'''
PUBLIC = '''
def test_it_answers(api):
    """The app answers"""
    assert api.get("/tea").status_code == 200, "tea should be there"
'''
APP = """
import os

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def home():
    return {"message": "hello"}


@app.get("/tea")
def tea():
    return {"price": 3}


@app.get("/open")
def is_open():
    return True
"""
NO_TEA = APP.replace('"/tea"', '"/coffee"')
DEAR_TEA = APP.replace('"price": 3', '"price": 4')
RUDE = DEAR_TEA.replace('"hello"', '"no"')
DEADLY = APP.replace("return", "os._exit(1)\n    return").replace("/open", "/{path:path}")
FILES = {
    "public/test_examples.py": PUBLIC,
    "starter/main.py": NO_TEA,
    "solutions/right/one_way/main.py": APP,
    "solutions/right/other_way/main.py": NO_TEA,
    "solutions/wrong/dear_tea/main.py": DEAR_TEA,
    "solutions/wrong/mended/main.py": APP,
    "solutions/wrong/rude/main.py": RUDE,
    "solutions/wrong/starts_after_all/main.py": APP + "\n",
    "solutions/wrong/taken_in/main.py": DEAR_TEA + "\n",
    "solutions/wrong/dies/main.py": DEADLY,
    "solutions/wrong/expected.toml": """
dear_tea = { loses = ["tea"] }
mended = { loses = ["tea"] }
rude = { loses = ["tea"] }
starts_after_all = { verdict = "did_not_start" }
taken_in = { verdict = "rejected" }
dies = { loses = ["home", "tea", "open"] }
""",
}
OLD = ("first", "second", "third", "fourth", "fifth")


@pytest.fixture(scope="module")
def proof(
    tmp_path_factory: pytest.TempPathFactory, process_sandbox: ProcessSandbox, examiner: Examiner
) -> Proof:
    folder = tmp_path_factory.mktemp("shelf") / "corner-shop"
    write_package(folder, {"home": HOME, "tea": TEA, "open": OPEN})
    for name in OLD:
        (folder / f"solutions/wrong/{name}/main.py").unlink()
        (folder / f"solutions/wrong/{name}").rmdir()
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    with Crew(process_sandbox, examiner, hands=2) as crew:
        return prove(folder, crew, Depth(runs=2, mutants=False))


@pytest.fixture
def told(proof: Proof) -> dict[str, list[str]]:
    """The messages by place."""
    found: dict[str, list[str]] = {}
    for finding in proof.findings:
        found.setdefault(finding.place, []).append(finding.message)
    return found


def test_a_right_solution_that_loses_points(told: dict[str, list[str]]) -> None:
    everything, public = told["right/other_way"]
    assert everything.startswith("expected to get everything, ended as partial with 67 points")
    assert "runs" not in everything
    assert public == "expected to pass the public tests, failed: tea should be there"
    assert "right/one_way" not in told


def test_a_wrong_solution_that_somebody_mended(told: dict[str, list[str]]) -> None:
    assert told["wrong/mended"] == ["expected to lose tea, passed it"]


def test_a_wrong_solution_that_loses_more_than_it_declares(told: dict[str, list[str]]) -> None:
    assert told["wrong/rude"] == [
        "expected to pass home, lost it: the home page should say hello",
    ]
    assert "wrong/dear_tea" not in told


def test_a_wrong_solution_that_starts_after_all(told: dict[str, list[str]]) -> None:
    (message,) = told["wrong/starts_after_all"]
    assert message.startswith("expected to end as did_not_start, ended as passed with 100 points")


def test_a_wrong_solution_that_is_taken_in(told: dict[str, list[str]]) -> None:
    assert told["wrong/taken_in"] == ["expected to be refused, it was accepted"]


def test_a_wrong_solution_whose_end_has_a_better_word(told: dict[str, list[str]]) -> None:
    assert told["wrong/dies"] == [
        'ended as crashed; expected.toml should then say verdict = "crashed"'
    ]


def test_a_starter_that_wins(told: dict[str, list[str]]) -> None:
    assert told["starter"] == ["expected to get less than 50 points, got 67"]


def test_strangers_that_score(told: dict[str, list[str]]) -> None:
    message = "knows nothing of this challenge and got 33 points"
    assert told["stranger/always-200"] == [message]
    assert told["stranger/echo-app"] == [message]
    assert "stranger/empty-app" not in told


def test_a_test_that_nothing_fails(told: dict[str, list[str]]) -> None:
    """An app that dies of every request fails it too, which says nothing about the test."""
    assert told["hidden/test_home.py::test_nothing"] == ['nothing fails "The app is there"']
    assert [place for place in told if "::" in place] == ["hidden/test_home.py::test_nothing"]


def test_a_requirement_that_no_mistake_loses_on_its_own(told: dict[str, list[str]]) -> None:
    assert "requirement tea" not in told
    assert "requirement home" not in told


def test_a_suite_that_sleeps_and_an_assert_without_a_word(told: dict[str, list[str]]) -> None:
    assert told["hidden/test_home.py:14"][0].startswith("sleeps")
    assert told["hidden/test_home.py:8"][0].startswith("fails without a message")


def test_a_version_that_is_not_sealed(told: dict[str, list[str]]) -> None:
    assert told["sealed.toml"][0].startswith("version 1 is not sealed")


def test_which_solution_is_caught_by_which_test(proof: Proof) -> None:
    assert proof.failed_by["wrong/dear_tea"] == ["test_tea.py::test_tea"]
    assert proof.failed_by["wrong/mended"] == []
    assert len(proof.failed_by["stranger/empty-app"]) == 3
    assert set(proof.titles.values()) == {
        *("The home page greets", "The app is there"),
        *("Tea has its price", "The shop is open"),
    }


def test_the_slowest_right_solution_is_measured(proof: Proof) -> None:
    room = {each.limit_name: each for each in proof.headrooms}
    assert room.keys() >= {"start_seconds", "test_seconds"}
    assert all(0 < each.used < each.limit for each in room.values())


def test_every_grading_is_counted(proof: Proof) -> None:
    right, public, others, wrong = 2 * 2, 2, 4, 5
    assert proof.gradings == right + public + others + wrong + 2
