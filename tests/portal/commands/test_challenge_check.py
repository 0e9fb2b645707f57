"""`assay challenge check` and `assay challenge seal`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graders.new_package import write_new
from tests.portal.commands.conftest import Assay

QUICK = ("--sandbox", "process", "--no-mutants", "--runs", "1")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "challenges"
    folder.mkdir()
    monkeypatch.setenv("ASSAY_CHALLENGES", str(folder))
    write_new(folder, "tea-list")
    return folder


def test_a_right_challenge_ends_with_0_and_tells_all_in_json(assay: Assay, shelf: Path) -> None:
    printed = assay("challenge", "check", "tea-list", "--json", *QUICK)
    assert printed.code == 0, printed
    document = json.loads(printed.out)
    assert document["ok"] is True
    (proof,) = document["challenges"]
    assert (proof["slug"], proof["version"], proof["errors"]) == ("tea-list", 1, [])
    assert proof["gradings"] > 10
    tests = {test["id"] for test in proof["tests"]}
    wrong = {who: failed for who, failed in proof["failed_by"].items() if who.startswith("wrong/")}
    assert len(wrong) >= 5
    assert all(failed and tests.issuperset(failed) for failed in wrong.values())
    assert {"start_seconds", "test_seconds"} <= proof["slowest_right"].keys()
    assert (proof["flaky"], proof["mutants"]) == ({}, None)


def test_errors_end_with_1_and_say_where_they_are(assay: Assay, shelf: Path) -> None:
    (shelf / "tea-list/guide.md").unlink()
    printed = assay("challenge", "check", "--all", *QUICK)
    assert printed.code == 1
    first, last = printed.out.splitlines()
    assert "tea-list" in first
    assert "guide.md" in first
    assert last == "tea-list: 1 error; not graded"
    printed = assay("challenge", "check", "tea-list", "--json", *QUICK)
    assert printed.code == 1
    (proof,) = json.loads(printed.out)["challenges"]
    assert [error["place"] for error in proof["errors"]] == ["guide.md"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "Name one challenge, or say --all."),
        (("tea-list", "--all"), "Name one challenge, or say --all."),
        (("tea-lost",), "Did you mean tea-list?"),
        (("tea-list", "--sandbox", "cellar"), "Use docker or process."),
        (("tea-list", "--runs", "0"), "runs"),
    ],
)
def test_bad_usage_ends_with_2(
    assay: Assay, shelf: Path, words: tuple[str, ...], reason: str
) -> None:
    printed = assay("challenge", "check", *words)
    assert (printed.code, printed.out) == (2, "")
    assert reason in printed.err


def test_an_empty_shelf_is_bad_usage(
    assay: Assay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSAY_CHALLENGES", str(tmp_path / "nowhere"))
    printed = assay("challenge", "check", "--all")
    assert printed.code == 2
    assert "There are no challenges in" in printed.err


def test_without_docker_nothing_is_proved(
    assay: Assay, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{shelf}/nowhere.sock")
    printed = assay("challenge", "check", "tea-list")
    assert (printed.code, printed.out) == (3, "")
    assert printed.err.startswith("Nothing is proved, because grading failed on our side")


def test_a_version_is_sealed_once_and_for_good(assay: Assay, shelf: Path) -> None:
    record = shelf / "tea-list/sealed.toml"
    record.unlink(missing_ok=True)
    assert assay("challenge", "seal", "tea-list").out == "tea-list: version 1 is sealed.\n"
    written = record.read_text()
    printed = assay("challenge", "seal", "tea-list")
    assert (printed.code, printed.out) == (0, "tea-list: version 1 was already sealed.\n")
    with (shelf / "tea-list/hidden/test_pin.py").open("a") as suite:
        suite.write("\n# a word more\n")
    printed = assay("challenge", "seal", "tea-list")
    assert (printed.code, printed.out) == (1, "")
    assert "Raise `version`" in printed.err
    assert record.read_text() == written


def test_what_is_not_there_cannot_be_sealed(assay: Assay, shelf: Path) -> None:
    printed = assay("challenge", "seal", "tea-lost")
    assert printed.code == 2
    assert "Did you mean tea-list?" in printed.err
