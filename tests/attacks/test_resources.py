"""Attack 91: no check breaks its own limit, but all together never come to an end.

What one submission can do to one limit lies in the samples; this needs a suite of its own.
"""

import pytest

from graders.examiner import Examiner
from graders.feedback import SUITE_OUT_OF_TIME
from graders.grade import Grader
from graders.package import Package
from sandbox.backends.docker import DockerSandbox
from sandbox.limits import Limits
from tests.packages import make_package

SUITE = '''
import pytest

@pytest.mark.parametrize("number", range(20))
def test_it(api, number):
    """One of many"""
    assert api.get("/").status_code == 200, "GET / should answer"
'''
FIRST = '''
def test_it(api):
    """The first of many"""
    assert api.get("/").status_code == 200, "GET / should answer"
'''
SLOW = """
import asyncio
from fastapi import FastAPI

app = FastAPI()

@app.get("/")
async def slow():
    await asyncio.sleep(0.5)
"""
LIMITS = Limits(start_seconds=5, test_seconds=5, suite_seconds=4)


@pytest.fixture
def many(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A package whose suite has 21 tests and four seconds."""
    monkeypatch.setattr(Package, "limits", property(lambda _package: LIMITS))
    return make_package(tmp_path_factory.mktemp("exams") / "many", {"one": FIRST, "rest": SUITE})


def test_checks_that_all_keep_their_limit_meet_that_of_the_suite(
    docker_sandbox: DockerSandbox, many: Package
) -> None:
    examiner = Examiner()
    try:
        result = Grader(docker_sandbox, examiner).grade(many, {"main.py": SLOW}, seed=1)
    finally:
        examiner.close()
    one, rest = result.requirements
    assert (one.status, one.earned) == ("passed", 50), "what was earned before stays earned"
    assert (rest.status, rest.earned) == ("timed_out", 0)
    assert rest.message == SUITE_OUT_OF_TIME.format(limit=4)
    assert (result.verdict.value, result.score) == ("partial", 50)
    assert {check.status for check in rest.checks} == {"passed", "timed_out", "not_run"}
