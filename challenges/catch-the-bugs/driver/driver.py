"""Runs the tests that were handed in, and answers with what came of each; it judges nothing."""

import gc
import importlib
import json
import os
import random
import signal
import sys
from pathlib import Path

import fastapi.testclient  # noqa: F401  (here once, not in every run)
import httpx  # noqa: F401
import pytest
from fastapi import FastAPI

FOLDER = Path(__file__).parent
CPU_SECONDS = 10
WALL_SECONDS = 60
TOO_LONG = {
    signal.SIGPROF: f"The tests took more than {CPU_SECONDS} s of processor time.",
    signal.SIGALRM: f"The tests took longer than {WALL_SECONDS} s.",
}
SHOWN = 400
LEFT_OUT = [f"-pno:{name}" for name in ("cacheprovider", "unraisableexception", "threadexception")]

app = FastAPI()


class Diary:
    """A pytest plugin that shuffles the tests and writes down how each ended."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.outcomes: dict[str, str] = {}
        self.message = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Another order for every seed."""
        random.Random(self.seed).shuffle(items)  # noqa: S311  (an order, no secret)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be read is no test."""
        if report.failed:
            self.note(report.nodeid or "the tests", "error", str(report.longrepr))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test passes if all its parts do."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            self.note(report.nodeid, "failed", crash.message if crash else str(report.longrepr))
        elif report.skipped or hasattr(report, "wasxfail"):
            self.outcomes[report.nodeid] = "skipped"
        elif report.when == "call":
            self.outcomes[report.nodeid] = "passed"

    def note(self, test: str, outcome: str, message: str) -> None:
        """Remember the first thing that went wrong."""
        self.outcomes[test] = outcome
        self.message = self.message or f"{test}: {message}"[:SHOWN]


@app.post("/driver/run")
def run(seed: int, example: bool = False) -> dict[str, object]:
    """One run in a process of its own, against the example or the service at `APP_URL`."""
    gc.freeze()  # what is here already is no garbage of the tests
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_here(seed, example, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        data = told.read()
    _pid, status = os.waitpid(child, 0)
    if reason := TOO_LONG.get(-os.waitstatus_to_exitcode(status)):
        return {"ended": reason, "outcomes": {}}
    try:
        return {"ended": "", **json.loads(data)}
    except ValueError:
        return {"ended": "The tests ended the process that ran them.", "outcomes": {}}


def _run_here(seed: int, example: bool, writing: int) -> None:
    """Never returns: whatever the tests leave behind goes with this process."""
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    signal.alarm(WALL_SECONDS)
    diary = Diary(seed)
    try:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        if example:
            os.environ.pop("APP_URL", None)
        os.chdir(FOLDER)
        sys.path.insert(0, str(FOLDER))
        importlib.invalidate_caches()
        words = ["-q", "-x", *LEFT_OUT, f"--rootdir={FOLDER}", "."]
        # Only the example's failures are read by people, so only they need every value.
        pytest.main(words if example else ["--assert=plain", *words], plugins=[diary])
        told = {"outcomes": diary.outcomes, "message": diary.message}
        with os.fdopen(writing, "wb") as out:
            out.write(json.dumps(told).encode())
        sys.stdout.flush()
    finally:
        os._exit(0)
