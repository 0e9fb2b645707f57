"""What an author hears about the files of a suite before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.proofreading import proofread
from graders.report import MAX_TITLE
from tests.graders.test_package_proofreading import ALPHA, HIDDEN, TEST, Spoil, written
from tests.packages import write_package

SUPPORT = "hidden/support.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_package(tmp_path / "small", HIDDEN)


MISTAKES: dict[str, tuple[Spoil, str]] = {
    "a suite that is no Python": (
        written(ALPHA, f"{TEST}\n\ndef test_more(api:\n"),
        f"small/{ALPHA}:6: this is not Python: '(' was never closed.",
    ),
    "a suite with a NUL": (
        written(ALPHA, f"{TEST}\0"),
        f"small/{ALPHA}: this is not Python: source code string cannot contain null bytes.",
    ),
    "a suite without tests": (
        written(ALPHA, '"""Nothing."""\n'),
        f"small/{ALPHA}: there is no test in it: no function whose name begins with test_.",
    ),
    "a public suite without tests": (
        written("public/test_more.py", ""),
        (
            "small/public/test_more.py: there is no test in it: "
            "no function whose name begins with test_."
        ),
    ),
    "a test without a title": (
        written(ALPHA, f'{TEST}\n\ndef test_more(api):\n    api.get("/")\n'),
        (
            f"small/{ALPHA}:6: test_more has no docstring; "
            "its first line is the title that people see."
        ),
    ),
    "a test of a class without a title": (
        written(ALPHA, f"{TEST}\n\nclass TestMore:\n    def test_more(self, api):\n        pass\n"),
        (
            f"small/{ALPHA}:7: test_more has no docstring; "
            "its first line is the title that people see."
        ),
    ),
    "a title without end": (
        written(ALPHA, TEST.replace("It works", "x" * (MAX_TITLE + 1))),
        f"small/{ALPHA}:1: the title of test_it is longer than {MAX_TITLE} characters.",
    ),
    "an async test": (
        written(ALPHA, f"async {TEST}"),
        f"small/{ALPHA}:1: test_it is async, which pytest would not run.",
    ),
    "two tests of one name": (
        written(ALPHA, f"{TEST}\n\n{TEST}"),
        f"small/{ALPHA}:6: a second test_it: pytest would only run this one.",
    ),
    "a test among what tests share": (
        written(SUPPORT, TEST),
        f"small/{SUPPORT}:1: test_it stands in no test file: nobody runs it.",
    ),
    "something shared that nobody uses": (
        written(SUPPORT, "ANSWER = 42\n"),
        f"small/{SUPPORT}: no test file imports it.",
    ),
    "something shared that is no Python": (
        written(SUPPORT, "ANSWER = = 42\n"),
        f"small/{SUPPORT}:1: this is not Python: invalid syntax.",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_suite_is_told(folder: Path, spoil: Spoil, told: str) -> None:
    spoil(folder)
    assert told in [complaint.told("small") for complaint in proofread(folder)]


def test_hidden_test_files_may_share_a_module(folder: Path) -> None:
    written(SUPPORT, "ANSWER = 42\n")(folder)
    written(ALPHA, f"from support import ANSWER\n\n\n{TEST}")(folder)
    assert proofread(folder) == []
