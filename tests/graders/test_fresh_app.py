"""How fresh the app is that a check meets: from one start each to one for the whole suite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graders.grade import Grader
from graders.package import Package
from graders.verdict import Result
from tests.packages import make_package

COUNTING = (
    "from fastapi import FastAPI\napp = FastAPI()\nseen = []\n"
    "@app.get('/')\ndef count():\n    seen.append(1)\n    return len(seen)\n"
)
MakePackage = Callable[[str], Package]


@pytest.fixture
def made(tmp_path: Path) -> MakePackage:
    return lambda source: make_package(tmp_path / "small", {"part": source})


@pytest.fixture
def kept(made: MakePackage) -> MakePackage:
    """A package whose app stays for the whole suite."""

    def make(source: str) -> Package:
        package = made(source)
        described = package.description.model_copy(update={"fresh_app": "suite"})
        return replace(package, description=described)

    return make


def graded(grader: Grader, package: Package, code: str) -> Result:
    return grader.grade(package, {"main.py": code}, seed=1)


def test_every_check_meets_a_fresh_app(process_grader: Grader, made: MakePackage) -> None:
    each = "def test_{}(api):\n    assert api.get('/').json() == 1\n"
    source = "".join(each.format(name) for name in "abc")
    assert graded(process_grader, made(source), COUNTING).verdict.value == "passed"


def test_a_challenge_may_keep_its_app_for_the_whole_suite(
    process_grader: Grader, kept: MakePackage
) -> None:
    source = "".join(
        f"def test_{name}(api):\n    assert api.get('/').json() == {count}\n"
        for count, name in enumerate("abc", start=1)
    )
    assert graded(process_grader, kept(source), COUNTING).verdict.value == "passed"


def test_an_app_that_failed_a_check_is_not_kept(process_grader: Grader, kept: MakePackage) -> None:
    source = (
        "def test_a(api):\n    assert api.get('/').json() == 7, 'seven'\n"
        "def test_b(api):\n    assert api.get('/').json() == 1, 'afresh'\n"
    )
    [row] = graded(process_grader, kept(source), COUNTING).requirements
    assert [check.status for check in row.checks] == ["failed", "passed"]


def test_an_app_that_is_gone_is_not_kept_either(process_grader: Grader, kept: MakePackage) -> None:
    source = (
        "import time\ndef test_a(api):\n    try:\n        while api.get('/leave'): pass\n"
        "    except Exception:\n        time.sleep(1)\n"
        "def test_b(api):\n    assert api.get('/').json() == 1, 'afresh'\n"
    )
    leaving = COUNTING + "import os\n@app.get('/leave')\ndef leave():\n    os._exit(0)\n"
    assert graded(process_grader, kept(source), leaving).verdict.value == "passed"
