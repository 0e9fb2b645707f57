"""A dozen submissions, a third of them hostile: every verdict is right and nothing is left over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.soak import demands
from bench.soak.mix import EXAM, Case, mixed, write_challenges
from bench.soak.run import soak
from bench.soak.vitals import BOUNDS, Figures, Vitals, grown
from sandbox.backends.docker import DockerSandbox
from tests.boxes import docker_sandbox

__all__ = ["docker_sandbox"]

SIZE = 12
WAITING_BOXES = 6
CASE = Case("first-endpoint", "right/plain_routes", {}, "passed", 100, lost=frozenset())
RIGHT = {
    "id": "1",
    "state": "done",
    "verdict": "passed",
    "score": 100,
    "attempts": 1,
    "message": None,
    "requirements": [{"name": "health", "points": 100, "earned": 100, "status": "passed"}],
}


def test_a_dozen_end_as_they_must(docker_sandbox: DockerSandbox) -> None:
    report = soak(SIZE)
    assert report.complaints == []
    assert report.verdicts.total() == SIZE


def test_a_third_is_hostile_and_the_mix_is_always_the_same(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    mixes = [
        mixed(write_challenges(tmp_path_factory.mktemp("soak") / "challenges"), 200)
        for _ in range(2)
    ]
    assert mixes[0] == mixes[1]
    attacks = [case for case in mixes[0] if case.slug == EXAM]
    assert len(mixes[0]) == 200 and len(attacks) == 66
    assert len({case.name for case in attacks}) == 66
    assert len({case.verdict for case in attacks}) >= 7


def test_what_was_counted_before_the_rest_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rest = {"zombies": 0.0, "control folders": 0.0, "containers": float(WAITING_BOXES)}
    looks: Iterator[Figures] = iter(
        rest | {"worker, descriptors": descriptors} for descriptors in (50.0, 57.0, 57.0)
    )
    vitals = Vitals(os.getpid(), tmp_path, [])
    monkeypatch.setattr(vitals, "look", lambda: next(looks))
    assert vitals.at_rest(WAITING_BOXES)["worker, descriptors"] == 57.0


def test_a_right_answer_gives_no_complaint() -> None:
    assert list(demands.complaints(CASE, RIGHT)) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"state": "running", "verdict": None}, "no verdict"),
        ({"verdict": "platform_error"}, "the verdict is platform_error, not passed"),
        ({"score": 99}, "the score is 99"),
        ({"attempts": 2}, "2 attempts"),
        ({"requirements": []}, "the requirements have 0 points"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(wrong: dict[str, object], told: str) -> None:
    assert any(told in line for line in demands.complaints(CASE, RIGHT | wrong))


@pytest.mark.parametrize("name", BOUNDS)
def test_what_grows_too_much_is_said(name: str) -> None:
    before = dict.fromkeys([*BOUNDS, "containers", "control folders", "zombies"], 0.0)
    before["containers"] = WAITING_BOXES
    assert list(grown(before, before, WAITING_BOXES)) == []
    after = before | {name: BOUNDS[name] + 1}
    assert [line.startswith(name) for line in grown(before, after, WAITING_BOXES)] == [True]


@pytest.mark.parametrize("name", ["containers", "control folders", "zombies"])
def test_what_is_left_over_is_said(name: str) -> None:
    before = dict.fromkeys([*BOUNDS, "containers", "control folders", "zombies"], 0.0)
    before["containers"] = WAITING_BOXES
    after = before | {name: before[name] + 1}
    assert [line.startswith(name) for line in grown(before, after, WAITING_BOXES)] == [True]
