"""Which gradings keep a promise of the package, and which break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.attempt import SuiteName
from graders.package import Package
from graders.proof import judgement
from graders.proof.headroom import headrooms, too_close
from graders.proof.trial import Outcome, Trial
from tests.packages import RIGHT, WRONG, make_package

HIDDEN = {
    name: f'def test_{name}(api):\n    """The {name}"""\n    assert api, "none"\n'
    for name in ("home", "tea", "milk", "jam")
}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return make_package(tmp_path / "corner-shop", HIDDEN)


def run(
    who: str,
    *,
    seed: int = 1,
    suite: SuiteName = "hidden",
    lost: tuple[str, ...] = (),
    seconds: float = 0.1,
    memory_mb: float | None = None,
) -> Outcome:
    return Outcome(
        trial=Trial(who, {}, seed, suite),
        verdict="partial" if lost else "passed",
        score=100 - 25 * len(lost),
        lost=frozenset(lost),
        failed=tuple(f"test_{name}.py::test_{name}" for name in lost),
        has_run=True,
        message="something was wrong" if lost else "",
        start_seconds=seconds,
        check_seconds=seconds,
        memory_mb=memory_mb,
    )


def judged(package: Package, *outcomes: Outcome) -> list[str]:
    return [
        each.told("corner-shop")
        for each in judgement.judge(package, outcomes)
        if "requirement" not in each.place
    ]


def expect(package: Package, text: str) -> None:
    (package.folder / "solutions/wrong/expected.toml").write_text(text)


def test_a_right_solution_that_fails_now_and_then_says_with_which_seeds(package: Package) -> None:
    runs = [run("right/one_way", seed=seed, lost=("tea",) * (seed == 2)) for seed in (1, 2, 3)]
    (told,) = judged(package, *runs)
    assert "right/one_way" in told
    assert told.endswith("(in 1 of 3 runs, seed 2)")
    assert judgement.flaky(runs) == {"right/one_way": ["test_tea.py::test_tea"]}


def test_who_always_fails_the_same_is_not_flaky() -> None:
    assert judgement.flaky([run("wrong/first", seed=seed, lost=("tea",)) for seed in (1, 2)]) == {}


def test_a_wrong_solution_has_to_lose_the_same_with_every_seed(package: Package) -> None:
    expect(package, "".join(f'{name} = {{ loses = ["tea"] }}\n' for name in WRONG))
    first, second = run("wrong/first", lost=("tea",)), run("wrong/first", seed=2)
    assert judged(package, first) == []
    (told,) = judged(package, first, second)
    assert told.endswith("expected to lose tea, passed it (in 1 of 2 runs, seed 2)")


@pytest.mark.parametrize(
    ("loses", "alone"),
    [(["home"], True), (["home", "tea", "milk"], True), (["home", "tea", "milk", "jam"], False)],
)
def test_a_requirement_is_lost_by_a_mistake_of_its_own(
    package: Package, loses: list[str], alone: bool
) -> None:
    expect(package, f"first = {{ loses = {loses} }}\n")
    places = {each.place for each in judgement.judge(package, [])}
    assert ("requirement home" not in places) is alone
    assert "requirement jam" in places


def test_public_tests_that_catch_every_mistake_give_too_much_away() -> None:
    caught = [run(f"wrong/{name}", suite="public", lost=("home",)) for name in WRONG]
    assert [each.place for each in judgement.public_findings(caught)] == ["public"]
    assert list(judgement.public_findings([*caught, run("wrong/first2", suite="public")])) == []


def test_right_solutions_pass_the_public_tests() -> None:
    runs = [run(f"right/{RIGHT[0]}", suite="public"), run(f"right/{RIGHT[1]}", suite="public")]
    assert list(judgement.public_findings(runs)) == []
    failed = run(f"right/{RIGHT[1]}", suite="public", lost=("home",))
    assert [each.place for each in judgement.public_findings([runs[0], failed])] == [
        f"right/{RIGHT[1]}"
    ]


def test_half_of_each_limit_is_enough_for_a_right_solution(package: Package) -> None:
    half = [run("right/one_way", seconds=2.5, memory_mb=128)]
    assert list(too_close(headrooms(package, half))) == []
    more = [*half, run("right/other_way", seconds=2.6, memory_mb=129)]
    found = [each.told("corner-shop") for each in too_close(headrooms(package, more))]
    assert len(found) == 3
    assert all("right/other_way" in each for each in found)
    assert "used 2.6 of test_seconds = 5, more than half of it" in found[1]
    assert "used 129 of memory_mb = 256" in found[2]


def test_a_machine_that_was_busy_once_is_no_fault_of_a_challenge(package: Package) -> None:
    runs = [run("right/one_way", seed=seed, seconds=4.0 if seed == 1 else 0.1) for seed in (1, 2)]
    assert list(too_close(headrooms(package, runs))) == []
    busy = [run("right/one_way", seed=seed, seconds=4.0) for seed in (1, 2)]
    assert len(list(too_close(headrooms(package, busy)))) == 2


def test_what_was_not_measured_is_not_told(package: Package) -> None:
    names = [each.limit_name for each in headrooms(package, [run("right/one_way")])]
    assert names == ["start_seconds", "test_seconds"]
