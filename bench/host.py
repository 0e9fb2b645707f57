"""A developer at home: a cold `pytest` on the host, with the app in pytest's own process."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.errors import BenchError
from bench.exercise import PYTEST, Exercise
from bench.sample import Sample

SHOWN_CHARACTERS = 2000


class HostPytest:
    """A folder with the submission and the suite, and pytest started in it each time."""

    name = "host_pytest"
    title = "host, cold pytest with TestClient"

    def __init__(self, task: Exercise) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="assay-bench-")
        self._path = Path(self._folder.name)
        task.write_submission(self._path)
        task.write_suite(self._path)

    def once(self, seed: int) -> Sample:
        """Start pytest and wait for its end."""
        burnt, begun = children_seconds(), time.monotonic()
        run([sys.executable, *PYTEST], self._path, seed)
        return Sample(time.monotonic() - begun, children_seconds() - burnt)

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()


def run(command: list[str], folder: Path, seed: int) -> None:
    """Run to the end in `folder`; raises `BenchError` with the last lines when it failed."""
    done = subprocess.run(  # noqa: S603  (our own commands)
        command,
        cwd=folder,
        env={**_plain_environment(), "BENCH_SEED": str(seed)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(
            f"`{' '.join(command)}` ended with {done.returncode}:\n"
            f"{done.stdout[-SHOWN_CHARACTERS:]}"
        )


def children_seconds() -> float:
    """What the ended children of this process have burnt, to the microsecond."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _plain_environment() -> dict[str, str]:
    """As at home: pytest keeps the bytecode of the suite, and nobody adds options."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "PYTEST_ADDOPTS", "PYTHONPATH"}
    return {name: value for name, value in os.environ.items() if name not in left_out}
