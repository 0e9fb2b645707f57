"""Mutants of a reference meet its suite: who survives is told, who cannot be told is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graders.examiner import Examiner
from graders.package import Package
from graders.proof import mutant_trials
from graders.proof.crew import Crew
from graders.proof.mutant_trials import Candidates, MutantReport, Tried
from sandbox.backends.process import ProcessSandbox
from tests.packages import make_package

PRICE = '''
def test_tea(api):
    """Tea has its price"""
    assert api.get("/tea").json() == {"price": 3}, "tea should have its price"
'''
REFERENCE = """
from fastapi import FastAPI

app = FastAPI()
price = 3
unused = 7
spare = 9


@app.get("/tea")
def tea():
    assert price == 3
    return {"price": price}


assert "a" == "a"
"""
EQUIVALENT = """
[[mutant]]
at = "main.py:"
before = "unused = 7"
after = "unused = 8"
reason = "Nobody reads it, so nobody can tell."
"""
STALE = """
[[mutant]]
at = "main.py:"
before = "price = 3"
after = "price = 4"
reason = "This one is noticed all the same."
[[mutant]]
at = "main.py:tea"
before = "price = 5"
after = "price = 6"
reason = "There has not been such a line for long."
"""


@pytest.fixture(scope="module")
def crew(process_sandbox: ProcessSandbox, examiner: Examiner) -> Iterator[Crew]:
    with Crew(process_sandbox, examiner, hands=2) as crew:
        yield crew


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("shelf") / "corner-shop"
    package = make_package(folder, {"price": PRICE})
    (folder / "solutions/right/one_way/main.py").write_text(REFERENCE)
    (folder / "solutions/equivalent.toml").write_text(EQUIVALENT + STALE)
    return package


@pytest.fixture(scope="module")
def wanted(package: Package) -> Candidates:
    return mutant_trials.candidates(package)


@pytest.fixture(scope="module")
def report(crew: Crew, package: Package, wanted: Candidates) -> MutantReport:
    tests = crew.collect(package)
    return mutant_trials.try_mutants(crew, package, tests, wanted, stops_early=True)


@pytest.fixture
def ends(report: MutantReport) -> Mapping[tuple[str, str], Tried]:
    return {(each.mutant.before, each.mutant.after): each for each in report.tried}


def test_a_mutant_that_fails_a_check_is_killed_by_it(
    ends: Mapping[tuple[str, str], Tried],
) -> None:
    killed = ends["price = 3", "price = 4"]
    assert (killed.status, killed.killed_by) == ("killed", ("test_price.py::test_tea",))


def test_a_mutant_that_crashes_the_handler_is_killed(
    ends: Mapping[tuple[str, str], Tried],
) -> None:
    assert ends["assert price == 3", "assert price != 3"].status == "killed"


def test_a_mutant_that_does_not_start_counts_for_nothing(
    report: MutantReport, ends: Mapping[tuple[str, str], Tried]
) -> None:
    assert ends["assert 'a' == 'a'", "assert 'a' != 'a'"].status == "did not start"
    assert report.count("did not start") == 3


def test_a_declared_mutant_counts_for_nothing(
    report: MutantReport, ends: Mapping[tuple[str, str], Tried]
) -> None:
    assert ends["unused = 7", "unused = 8"].status == "equivalent"
    counted = len(report.tried) - report.count("did not start") - 1
    assert report.rate == report.count("killed") / counted < 1


def test_who_survives_is_told_with_its_change(report: MutantReport) -> None:
    (survivor,) = report.survivors
    assert "-spare = 9\n+spare = 10" in survivor.diff


def test_declarations_that_are_not_true_are_errors(
    wanted: Candidates, report: MutantReport
) -> None:
    found = [each.message for each in mutant_trials.mutant_findings(wanted, report)]
    assert "mutant 2 (main.py:) is stale: it is noticed" in found
    assert "mutant 3 (main.py:tea) is stale: there is none like it" in found
    assert not [each for each in found if "mutant 1" in each]


@pytest.mark.parametrize(("survivors", "is_error"), [(1, False), (2, True)])
def test_fewer_than_nine_of_ten_is_an_error(
    report: MutantReport, survivors: int, is_error: bool
) -> None:
    mutant = report.tried[0].mutant
    tried = [Tried(mutant, "survived" if n < survivors else "killed") for n in range(10)]
    wanted = Candidates("right/one_way", {}, [], ())
    found = list(mutant_trials.mutant_findings(wanted, MutantReport("right/one_way", tried)))
    assert bool(found) is is_error


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("[[mutant]\n", "solutions/equivalent.toml:1", "this is not TOML"),
        (EQUIVALENT.replace("reason", "raeson"), "equivalent.toml:6", "did you mean `reason`"),
        (EQUIVALENT.replace("Nobody reads it, so nobody can tell.", "No."), ":6", "in a sentence"),
    ],
)
def test_declarations_that_cannot_be_read_are_errors(
    tmp_path: Path, text: str, place: str, reason: str
) -> None:
    package = make_package(tmp_path / "corner-shop", {"price": PRICE})
    (package.folder / "solutions/equivalent.toml").write_text(text)
    found = list(mutant_trials.declaration_findings(package))
    assert any(each.place.endswith(place) and reason in each.message for each in found), found
