"""`assay grade`: exit codes, and JSON that others rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graders.package import load
from portal.settings import CHECKOUT
from tests.portal.commands.conftest import Assay, Printed

FOLDER = CHECKOUT / "challenges/first-endpoint"
RIGHT = str(FOLDER / "solutions/right/plain_routes")
WRONG = str(FOLDER / "solutions/wrong/forgets_head/main.py")
PROCESS = ("--json", "--sandbox", "process")
KEYS = [
    *("challenge", "version", "verdict", "score", "max_score"),
    *("requirements", "timing", "fairness"),
]
ROW_KEYS = ["name", "title", "points", "earned", "status", "message"]


def document(printed: Printed) -> dict[str, Any]:
    """The JSON of a call that graded, with exactly the keys that were agreed."""
    assert (printed.code, printed.err) == (0, "")
    found: dict[str, Any] = json.loads(printed.out)
    assert list(found) == KEYS
    for row in found["requirements"]:
        assert list(row) == ROW_KEYS
    return found


def test_a_right_solution_earns_everything(assay: Assay) -> None:
    found = document(assay("grade", "first-endpoint", RIGHT, *PROCESS, "--seed", "7"))
    version = load(FOLDER).description.version
    assert (found["challenge"], found["version"]) == ("first-endpoint", version)
    assert (found["verdict"], found["score"], found["max_score"]) == ("passed", 100, 100)
    assert {row["status"] for row in found["requirements"]} == {"passed"}
    assert (found["fairness"]["seed"], found["fairness"]["sandbox"]) == (7, "process")
    assert found["timing"]["total"] > 0


def test_a_wrong_solution_is_graded_too_and_that_is_no_error(assay: Assay) -> None:
    found = document(assay("grade", "first-endpoint", WRONG, *PROCESS))
    assert (found["verdict"], found["score"]) == ("partial", 85)
    lost = [row["name"] for row in found["requirements"] if row["earned"] < row["points"]]
    assert lost == ["head"]


def test_a_syntax_error_is_shown_with_file_and_line(assay: Assay, tmp_path: Path) -> None:
    code = tmp_path / "main.py"
    code.write_text("from fastapi import FastAPI\n\napp = FastAPI(\n", encoding="utf-8")
    found = document(assay("grade", "first-endpoint", str(code), *PROCESS))
    assert (found["verdict"], found["score"]) == ("did_not_start", 0)
    assert "main.py" in found["requirements"][0]["message"]
    assert "line 3" in found["requirements"][0]["message"]


@pytest.mark.parametrize(
    ("code", "told"),
    [("x = 1\n", "app"), ("app = 1\n", "app"), ("import nothing_like_it\napp = 1\n", "nothing")],
    ids=["no_app", "wrong_type", "missing_module"],
)
def test_what_is_no_app_did_not_start(assay: Assay, tmp_path: Path, code: str, told: str) -> None:
    path = tmp_path / "main.py"
    path.write_text(code, encoding="utf-8")
    found = document(assay("grade", "first-endpoint", str(path), *PROCESS))
    assert (found["verdict"], found["score"]) == ("did_not_start", 0)
    assert told in found["requirements"][0]["message"]


def test_refused_files_are_a_verdict_and_nothing_runs(assay: Assay, tmp_path: Path) -> None:
    (tmp_path / "main.py").symlink_to(FOLDER / "solutions/right/plain_routes/main.py")
    found = document(assay("grade", "first-endpoint", str(tmp_path), *PROCESS))
    assert (found["verdict"], found["score"]) == ("rejected", 0)
    assert {row["status"] for row in found["requirements"]} == {"not_run"}
    assert "image" not in found["fairness"]


def test_a_person_reads_points_and_reasons(assay: Assay) -> None:
    printed = assay("grade", "first-endpoint", WRONG, "--sandbox", "process")
    assert printed.code == 0
    assert printed.out.startswith("first-endpoint: partial, 85 of 100\n")
    for requirement in load(FOLDER).requirements:
        assert requirement.title in printed.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("first-endpiont", RIGHT), "Did you mean first-endpoint?"),
        (("../first-endpoint", RIGHT), "There is no challenge"),
        (("first-endpoint", "no/such/file.py"), "There is nothing at no/such/file.py"),
        (("first-endpoint", RIGHT, "--sandbox", "vm"), "docker, process or auto"),
        (("first-endpoint",), "Usage:"),
        (("first-endpoint", RIGHT, "--seed", "many"), "--seed"),
    ],
)
def test_a_wrong_call_ends_with_2_and_a_sentence(
    assay: Assay, words: tuple[str, ...], told: str
) -> None:
    printed = assay("grade", *words)
    assert (printed.code, printed.out) == (2, "")
    assert told in printed.err
    assert "Traceback" not in printed.err


def test_a_failure_of_ours_ends_with_3(
    assay: Assay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    printed = assay("grade", "first-endpoint", RIGHT, "--json", "--sandbox", "docker")
    assert (printed.code, printed.out) == (3, "")
    assert "on our side" in printed.err
