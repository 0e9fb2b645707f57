"""The harness itself sees what it is there to see: canaries in disguise, wrong books, bad samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graders.attempt import Plan, refused
from graders.package import Package
from graders.verdict import Result, Verdict
from sandbox.backends.docker import DockerSandbox
from tests.attacks.harness import run as harness_run
from tests.attacks.harness.canaries import PREFIX, Canaries, disguises, fresh
from tests.attacks.harness.demands import complaints
from tests.attacks.harness.exam import RIGHT, write_exam
from tests.attacks.harness.neighbours import Visit, met
from tests.attacks.harness.run import Outcome, Runner
from tests.attacks.harness.sample import SAMPLES, Expectation, load

EXPECTED = """
story = "Hands in nothing at all"
cases = [21]
verdict = ["rejected"]
score = 0
"""
REFUSED = Expectation.model_validate(
    {"story": "Hands in nothing", "cases": [21], "verdict": ["rejected"], "score": 0}
)
FORMS = [form for form, _needle in disguises(fresh().removeprefix(PREFIX))]


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def small(tmp_path: Path, canaries: Canaries) -> Package:
    return write_exam(tmp_path / "four-endpoints", canaries)


@pytest.fixture
def result(small: Package) -> Result:
    return refused(Plan(small, "hidden", 1, False), "There is nothing.")


@pytest.mark.parametrize("form", range(len(FORMS)), ids=FORMS)
def test_a_canary_is_seen_in_every_disguise(canaries: Canaries, result: Result, form: int) -> None:
    _name, disguised = list(disguises(canaries.expected.removeprefix(PREFIX)))[form]
    found = canaries.found_in(replace(result, message=f"so {disguised}, then"))
    assert {line.partition(" ")[0] for line in found} == {"expected"}


def test_a_canary_is_seen_when_it_is_cut_into_pieces(canaries: Canaries, result: Result) -> None:
    pieces = "-\n".join(canaries.reference)
    assert canaries.found_in(replace(result, message=pieces))


def test_inputs_may_be_printed_by_an_examined_app_and_are_not_told(
    canaries: Canaries, result: Result
) -> None:
    examined = replace(result, verdict=Verdict.FAILED)
    assert canaries.found_in(replace(examined, output=canaries.input)) == []
    assert canaries.found_in(replace(examined, message=canaries.input)) != []
    assert canaries.found_in(replace(examined, output=canaries.expected)) != []


def test_a_result_as_it_must_be_gives_no_complaint(
    canaries: Canaries, result: Result, small: Package
) -> None:
    assert complaints(REFUSED, Outcome(result, 0, 0.1), small, canaries) == []


def test_points_that_nobody_earned_are_seen(
    canaries: Canaries, result: Result, small: Package
) -> None:
    forged = Outcome(replace(result, score=25), 0, 0.1)
    assert "the score is 25, not 0" in complaints(REFUSED, forged, small, canaries)


def test_a_verdict_that_takes_too_long_is_seen(
    canaries: Canaries, result: Result, small: Package
) -> None:
    late = Outcome(result, 0, 1000)
    assert any("took 1000.0 s" in line for line in complaints(REFUSED, late, small, canaries))


@pytest.mark.parametrize(
    ("came_of_it", "told"), [(None, "beside it got 0"), (OSError("full"), "OSError('full')")]
)
def test_a_neighbour_who_lost_points_or_had_no_verdict_is_seen(
    canaries: Canaries, result: Result, small: Package, came_of_it: Exception | None, told: str
) -> None:
    well = Visit(0, 1, replace(result, score=100))
    harmed = Visit(1, 2, came_of_it or result)
    beside = Outcome(result, 0, 2, neighbours=(well, harmed, well))
    (complaint,) = complaints(REFUSED, beside, small, canaries)
    assert told in complaint


def test_a_sample_has_met_who_was_there_at_any_moment_of_its_time(result: Result) -> None:
    visits = [Visit(begun, begun + 2, result) for begun in (0, 2, 4, 6, 8)]
    assert met(visits, 3, 7) == tuple(visits[1:4])
    assert met(visits, 4.5, 5) == (visits[2],)


def test_a_neighbour_who_does_badly_turns_a_sample_red(
    docker_sandbox: DockerSandbox,
    small: Package,
    canaries: Canaries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = {"main.py": RIGHT.read_text().replace("a + b", "a - b")}
    monkeypatch.setattr(harness_run, "neighbours_solution", lambda _canaries: wrong)
    name = "001-os-exit-at-import"
    runner = Runner(docker_sandbox, small, canaries)
    try:
        (begun,) = runner.begin([name])
        outcome = runner.outcome(begun)
    finally:
        runner.close()
    found = complaints(load(SAMPLES / name).expect, outcome, small, canaries)
    assert found and all("beside it got 75" in line for line in found)


def test_a_sample_that_ran_and_met_nobody_is_seen(
    canaries: Canaries, result: Result, small: Package
) -> None:
    ran = REFUSED.model_copy(update={"verdict": ("failed",)})
    alone = complaints(ran, Outcome(result, 0, 0.1), small, canaries)
    assert "no right solution was graded beside it" in alone


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ("colour = 'red'", "colour"),
        ("[requirements]\nsums = ['failed']", "sums"),
        ("[requirements]\nsum = ['passed']", "more requirements"),
    ],
)
def test_a_sample_is_read_strictly(tmp_path: Path, extra: str, told: str) -> None:
    folder = tmp_path / "021-nothing"
    (folder / "submission").mkdir(parents=True)
    (folder / "submission" / "main.py").write_text('"""Nothing."""\n')
    (folder / "expect.toml").write_text(EXPECTED)
    assert load(folder).expect == REFUSED.model_copy(update={"story": "Hands in nothing at all"})
    (folder / "expect.toml").write_text(EXPECTED + extra)
    with pytest.raises(ValueError, match=told):
        load(folder)
