"""A process that has locked itself in reads its places and reaches nothing else."""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox import confine
from tests.boxes import missing

PROBE = Path(__file__).parent / "probes" / "locked_in.py"
REFUSED_BY_FILTER = (
    *("make a TCP socket", "make a local socket", "connect a socket from before"),
    *("bind a socket from before", "start a program", "trace a process", "make a namespace"),
    *("make a ring", "a call of the x32 table", "a child's socket", "a thread's socket"),
)
REFUSED_BY_LANDLOCK = (
    *("read elsewhere", "read the users", "read an environment", "list the root"),
    *("write what is allowed to read", "write elsewhere", "remove what is allowed to read"),
    *("a child reads elsewhere", "read elsewhere after that"),
)
STILL_POSSIBLE = (
    *("read what is allowed", "list what is allowed", "write to the null device", "make a pair"),
)

pytestmark = pytest.mark.skipif(
    platform.machine() != "x86_64", reason="the probe names system calls by their x86_64 numbers"
)


def run_probe(folder: Path, *words: str) -> dict[str, Any]:
    readable = folder / "readable"
    readable.mkdir()
    (readable / "allowed").write_text("yes")
    elsewhere = folder / "elsewhere"
    elsewhere.write_text("no")
    done = subprocess.run(  # noqa: S603 - our own probe
        [sys.executable, str(PROBE), str(readable), str(elsewhere), *words],
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not confine.landlock_version():
        missing("No Landlock: this needs a kernel of 5.13 or newer that has it switched on.")
    return run_probe(tmp_path_factory.mktemp("locked"))


@pytest.fixture(scope="module")
def without_landlock(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return run_probe(tmp_path_factory.mktemp("half"), "without-landlock")


def test_both_locks_report_that_they_hold(locked: dict[str, Any]) -> None:
    assert locked["files"] is True
    assert locked["calls"] is True


@pytest.mark.parametrize("attempt", STILL_POSSIBLE)
def test_what_an_examination_needs_still_works(locked: dict[str, Any], attempt: str) -> None:
    assert locked[attempt] == "done"


@pytest.mark.parametrize("attempt", REFUSED_BY_LANDLOCK)
def test_no_file_elsewhere_is_read_or_written(locked: dict[str, Any], attempt: str) -> None:
    assert locked[attempt] == "EACCES"


@pytest.mark.parametrize("attempt", REFUSED_BY_FILTER)
def test_no_call_leads_out(locked: dict[str, Any], attempt: str) -> None:
    assert locked[attempt] == "EPERM"


def test_without_landlock_it_says_that_files_are_open(without_landlock: dict[str, Any]) -> None:
    assert without_landlock["files"] is False
    assert without_landlock["read elsewhere"] == "done"


@pytest.mark.parametrize("attempt", REFUSED_BY_FILTER)
def test_without_landlock_the_calls_are_still_locked(
    without_landlock: dict[str, Any], attempt: str
) -> None:
    assert without_landlock["calls"] is True
    assert without_landlock[attempt] == "EPERM"
