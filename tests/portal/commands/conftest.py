"""A terminal for the `assay` command: a data folder of its own, and what a call printed."""

from __future__ import annotations

import gc
import io
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from portal import cli
from tests.databases import copy_of_file


class Printed(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Assay = Callable[..., Printed]


@pytest.fixture
def home(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of these commands."""
    folder = tmp_path / "home"
    copy_of_file(sqlite_template, folder)
    monkeypatch.setenv("ASSAY_HOME", str(folder))
    return folder


@pytest.fixture
def assay(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Assay:
    """Type a command; it runs in this process, which spares seconds of imports."""

    def run(*words: str, stdin: str = "") -> Printed:
        monkeypatch.setattr(sys, "argv", ["assay", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with warnings.catch_warnings():
            # A command may leave it to the end of its process to close what it opened.
            warnings.simplefilter("ignore", ResourceWarning)
            code = _exit_code()
            gc.collect()
        captured = capsys.readouterr()
        return Printed(code, captured.out, captured.err)

    return run


def _exit_code() -> int:
    """Run what was typed; kept apart so that nothing holds on to how it ended."""
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    return 0
